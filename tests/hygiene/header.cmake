# A header compiles alone, and twice, as C and as C++, in every build variant.
cmake_minimum_required(VERSION 3.23)
if(NOT c OR NOT cxx)
  message("SKIP: ${id} is not installed")
  return()
endif()

set(place ${work}/header.${id})
file(MAKE_DIRECTORY ${place})
set(text "#include <rouse/${header}>\n#include <rouse/${header}>\nextern int not_empty;\n")
file(WRITE ${place}/${header}.c "${text}")
file(WRITE ${place}/${header}.cc "${text}")

function(compile compiler source)
  foreach(variant "" -DROUSE_TRACE=1 -DROUSE_CHECKED=1 "-DROUSE_HOSTILE=1;-DROUSE_TRACE=1")
    execute_process(
      COMMAND ${compiler} ${ARGN} ${variant} -I${root}/runtime/include -fsyntax-only
        -Wall -Wextra -Wpedantic -Werror ${place}/${source}
      RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
    if(NOT result EQUAL 0)
      message(FATAL_ERROR "${ARGN} ${variant}:\n${text}")
    endif()
  endforeach()
endfunction()

compile(${c} ${header}.c -std=c11)
compile(${c} ${header}.c -std=c17)
compile(${cxx} ${header}.cc -std=c++11)
compile(${cxx} ${header}.cc -std=c++17)
compile(${cxx} ${header}.cc -std=c++20)
