# A WASI compiler: wasi-sdk where WASI_SDK_PATH says, else the system's clang with wasi-libc and lld.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_EXECUTABLE_SUFFIX_C .wasm) # CMake clears the suffix without the language
set(CMAKE_EXECUTABLE_SUFFIX_CXX .wasm)

if(DEFINED ENV{WASI_SDK_PATH})
  set(CMAKE_C_COMPILER $ENV{WASI_SDK_PATH}/bin/clang)
  set(CMAKE_AR $ENV{WASI_SDK_PATH}/bin/llvm-ar)
  set(CMAKE_RANLIB $ENV{WASI_SDK_PATH}/bin/llvm-ranlib)
  set(CMAKE_C_COMPILER_TARGET wasm32-wasip1)
else()
  find_program(ROUSE_WASI_CLANG NAMES clang-22 clang-21 clang-20 clang-19 clang-18 clang-17 clang-16 clang REQUIRED)
  string(REGEX MATCH "-[0-9]+$" version ${ROUSE_WASI_CLANG})
  set(CMAKE_C_COMPILER ${ROUSE_WASI_CLANG})
  find_program(CMAKE_AR NAMES llvm-ar${version} REQUIRED)
  find_program(CMAKE_RANLIB NAMES llvm-ranlib${version} REQUIRED)
  set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
  set(CMAKE_SYSROOT /usr) # Debian's wasi-libc; its headers are not the system's own
  set(CMAKE_C_STANDARD_INCLUDE_DIRECTORIES /usr/include/wasm32-wasi)
endif()

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
