# Who may include what beyond the library itself.
cmake_minimum_required(VERSION 3.23)
include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)
set(wrong "")

# check(DIRECTORY ALLOWED WHY): every <...> include of its C files matches the regex.
function(check directory allowed why)
  sources(files ${directory} c h)
  foreach(file IN LISTS files)
    file(STRINGS ${root}/${file} lines REGEX "^[ \t]*#[ \t]*include[ \t]*<")
    foreach(line IN LISTS lines)
      string(REGEX MATCH "<([^>]*)>" _ "${line}")
      set(header ${CMAKE_MATCH_1})
      if(header STREQUAL "stdio.h" AND file MATCHES "/trace_file.c$")
        continue() # traced builds only
      endif()
      if(header STREQUAL "stdio.h" AND file MATCHES "/format_double.c$")
        continue() # programs whose messages have doubles
      endif()
      if(NOT header MATCHES "^(${allowed})$")
        string(APPEND wrong "  ${file}: <${header}>, but ${why}\n")
      endif()
    endforeach()
  endforeach()
  set(wrong "${wrong}" PARENT_SCOPE)
endfunction()

set(freestanding "stdarg\\.h|stdbool\\.h|stddef\\.h|stdint\\.h|stdlib\\.h|string\\.h")
set(libc "(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|\
stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|time|wchar|wctype)\\.h")
check(runtime/include "stdbool\\.h|stddef\\.h|stdint\\.h" "a public header needs no libc")
check(runtime/src "rouse/[a-z]+\\.h|${freestanding}" "the core knows no platform")
check(examples "rouse/rouse\\.h|${libc}" "an example is a program of a user's, on every host")

# A comment may name them, so this looks at includes and at their macros.
sources(files runtime c h)
foreach(file IN LISTS files)
  file(STRINGS ${root}/${file} lines REGEX "include.*(emscripten|wasi)|defined.*(__EMSCRIPTEN__|__wasi__)|ifdef.*(__EMSCRIPTEN__|__wasi__)")
  foreach(line IN LISTS lines)
    string(APPEND wrong "  ${file}: ${line}: what belongs to a wasm host is in wasm/\n")
  endforeach()
endforeach()

if(wrong)
  message(FATAL_ERROR "includes:\n${wrong}")
endif()
