# A project for WASI: its programs are modules, and are called so.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
find_program(clang NAMES clang-22 clang-21 clang-20 clang-19 clang-18 clang-17 clang-16 clang)
if(NOT clang)
  message("SKIP: there is no clang for WASI")
  return()
endif()
file(REMOVE_RECURSE ${work}/wasm)
step(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/wasm -B ${work}/wasm -G ${generator}
  -D CMAKE_MAKE_PROGRAM=${make} -D CMAKE_TOOLCHAIN_FILE=${root}/wasm/toolchains/wasi.cmake
  -D ROUSE_ROOT=${root})
file(READ ${work}/wasm/name name)
if(NOT name STREQUAL "program.wasm")
  message(FATAL_ERROR "a program for WASI is called ${name}")
endif()
