# FetchContent, with the sources at hand instead of a download.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
file(REMOVE_RECURSE ${work}/fetch_content)
build_and_run(${CMAKE_CURRENT_LIST_DIR}/fetch_content ${work}/fetch_content)
