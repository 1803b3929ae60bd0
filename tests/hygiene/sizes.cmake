# sizes.c, for this machine or for wasm32. Compiled only: nothing has to run.
cmake_minimum_required(VERSION 3.23)
if(id STREQUAL "wasm32")
  if(NOT c)
    message("SKIP: clang is not installed")
    return()
  endif()
  execute_process(COMMAND ${c} -print-targets OUTPUT_VARIABLE targets)
  if(NOT targets MATCHES "wasm32")
    message("SKIP: this clang knows no wasm32")
    return()
  endif()
  set(flags --target=wasm32 -ffreestanding)
endif()
execute_process(
  COMMAND ${c} -std=c11 ${flags} -Wall -Werror -I${root}/runtime/include -fsyntax-only
    ${CMAKE_CURRENT_LIST_DIR}/sizes.c
  RESULT_VARIABLE result ERROR_VARIABLE text)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${text}")
endif()
