# add_subdirectory, by two parts of one project that do not know of each other.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
file(REMOVE_RECURSE ${work}/add_subdirectory)
build_and_run(${CMAKE_CURRENT_LIST_DIR}/add_subdirectory ${work}/add_subdirectory)
if(EXISTS ${work}/add_subdirectory/one/rouse/tests OR EXISTS ${work}/add_subdirectory/one/rouse/examples)
  message(FATAL_ERROR "a user's build has rouse's tests or examples in it")
endif()
