# Emscripten as a plain compiler of standalone modules: `emcc` on PATH, or the one of EMSDK. None of its
# JavaScript is used: wasm/js loads what it links.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_EXECUTABLE_SUFFIX_C .wasm) # CMake clears the suffix without the language
set(CMAKE_EXECUTABLE_SUFFIX_CXX .wasm)
set(ROUSE_EMSCRIPTEN TRUE)

find_program(ROUSE_EMCC NAMES emcc HINTS $ENV{EMSDK}/upstream/emscripten REQUIRED)
find_program(ROUSE_EMAR NAMES emar HINTS $ENV{EMSDK}/upstream/emscripten REQUIRED)
find_program(ROUSE_EMRANLIB NAMES emranlib HINTS $ENV{EMSDK}/upstream/emscripten REQUIRED)
set(CMAKE_C_COMPILER ${ROUSE_EMCC})
set(CMAKE_AR ${ROUSE_EMAR})
set(CMAKE_RANLIB ${ROUSE_EMRANLIB})
set(CMAKE_C_COMPILER_FORCED TRUE) # emcc is clang; CMake's probes want to run what they link
set(CMAKE_C_COMPILER_ID Clang)
set(CMAKE_C_STANDARD_COMPUTED_DEFAULT 17)
set(CMAKE_C_COMPILE_FEATURES c_std_90 c_std_99 c_std_11 c_std_17)
