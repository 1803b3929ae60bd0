# Installs a release build, with a library directory as Debian names them, then moves it.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
file(REMOVE_RECURSE ${work}/rouse ${work}/staged ${work}/prefix)
configure(${root} ${work}/rouse -D ROUSE_BUILD_TESTS=OFF -D ROUSE_BUILD_EXAMPLES=OFF
  -D CMAKE_INSTALL_PREFIX=${work}/staged -D CMAKE_INSTALL_LIBDIR=${libdir})
step(${CMAKE_COMMAND} --build ${work}/rouse)
step(${CMAKE_COMMAND} --install ${work}/rouse)
file(RENAME ${work}/staged ${work}/prefix)

file(GLOB_RECURSE installed ${work}/prefix/*)
foreach(file IN LISTS installed)
  foreach(place ${work} ${root})
    file(STRINGS ${file} found REGEX "${place}")
    if(found)
      message(FATAL_ERROR "${file} names a place of the build: ${found}")
    endif()
  endforeach()
endforeach()
