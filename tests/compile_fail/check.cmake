# Compiles `source` twice with `compiler`, under the flags of rouse::rouse and -Werror. As it stands
# it must be refused for the reason that its comments name; with FIXED defined it must compile.
#   // gcc: REGEX          an error of this compiler matches
#   // clang < 21: REGEX   for some versions only (or >=)
#   // clang: none (why)   this compiler does not see the mistake, so it must accept the file
#   // flags: -O2          more flags
#   // bare                warnings that are on by default: no -Wall and the like
#   // plain: -isystem     a user without CMake, who finds the headers so and gives no other flag: a
#                          warning is enough
set(ENV{LC_ALL} C)
include(${work}/flags.cmake)
file(STRINGS ${source} lines REGEX "^// (gcc|clang|flags|bare|plain)")
set(expected "")
set(flags "")
set(include -I)
set(kind error)
set(warnings -Werror -Wall -Wextra -Wpedantic ${options})
foreach(line IN LISTS lines)
  if(line MATCHES "^// ${id}( (<|>=) ([0-9]+))?: (.*)")
    set(text "${CMAKE_MATCH_4}")
    if(NOT CMAKE_MATCH_1
        OR (CMAKE_MATCH_2 STREQUAL "<" AND version VERSION_LESS CMAKE_MATCH_3)
        OR (CMAKE_MATCH_2 STREQUAL ">=" AND version VERSION_GREATER_EQUAL CMAKE_MATCH_3))
      set(expected "${text}")
    endif()
  elseif(line MATCHES "^// flags: (.*)")
    separate_arguments(flags UNIX_COMMAND "${CMAKE_MATCH_1}")
  elseif(line STREQUAL "// bare")
    set(warnings -Werror)
  elseif(line MATCHES "^// plain: (.*)")
    set(include ${CMAKE_MATCH_1})
    set(kind warning)
    set(warnings "")
    set(definitions "") # of a build variant of ours
  endif()
endforeach()
if(NOT expected)
  message(FATAL_ERROR "no line says what ${id} ${version} makes of it")
endif()

list(TRANSFORM definitions PREPEND -D)
cmake_path(GET source STEM name)
function(compile result_name text_name)
  execute_process(
    COMMAND ${compiler} -std=c11 ${definitions} ${include} ${root}/runtime/include ${warnings} ${flags}
      ${ARGN} -c ${source} -o ${work}/${name}.o
    RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${result_name} ${result} PARENT_SCOPE)
  string(REPLACE "\n" "\n  " text "  ${text}") # CMake prints indented lines as they are
  set(${text_name} "${text}" PARENT_SCOPE)
endfunction()

compile(fixed fixed_text -DFIXED)
if(NOT fixed EQUAL 0 OR fixed_text MATCHES "warning: ")
  message(FATAL_ERROR "the corrected program must compile:\n${fixed_text}")
endif()
compile(wrong text)
if(expected MATCHES "^none")
  if(NOT wrong EQUAL 0)
    message(FATAL_ERROR "${id} ${version} was thought not to see this mistake; now it does:\n${text}")
  endif()
elseif(kind STREQUAL "error" AND wrong EQUAL 0)
  message(FATAL_ERROR "compiled; expected an error matching: ${expected}")
elseif(NOT text MATCHES "${kind}: [^\n]*(${expected})")
  message(FATAL_ERROR "expected: ${kind} matching: ${expected}\ngot:\n${text}")
endif()
