# The clang that npm carries, itself WebAssembly: `npm ci` is all that it needs, besides Node.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_EXECUTABLE_SUFFIX_C .wasm) # CMake clears the suffix without the language
set(CMAKE_EXECUTABLE_SUFFIX_CXX .wasm)

get_filename_component(ROUSE_NPM_CLANG ${CMAKE_CURRENT_LIST_DIR}/../../tools/npm-clang.mjs ABSOLUTE)
set(CMAKE_C_COMPILER ${ROUSE_NPM_CLANG})
set(CMAKE_AR ${ROUSE_NPM_CLANG})
set(CMAKE_RANLIB ${ROUSE_NPM_CLANG})
set(CMAKE_C_ARCHIVE_CREATE "<CMAKE_AR> ar qc <TARGET> <LINK_FLAGS> <OBJECTS>")
set(CMAKE_C_ARCHIVE_FINISH "") # `ar` has made the index
set(CMAKE_C_COMPILER_FORCED TRUE) # trial builds would each leave a server in their folder
set(CMAKE_SIZEOF_VOID_P 4)
set(CMAKE_C_STANDARD_COMPUTED_DEFAULT 17)
set(CMAKE_C_COMPILE_FEATURES c_std_90 c_std_99 c_std_11 c_std_17)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
