# Which host the library is for, and how programs for it are linked.

if(CMAKE_SYSTEM_PROCESSOR STREQUAL "wasm32")
  if(ROUSE_EMSCRIPTEN OR CMAKE_SYSTEM_NAME STREQUAL "Generic")
    set(rouse_default_host js)
  else()
    set(rouse_default_host wasi)
  endif()
else()
  set(rouse_default_host native)
endif()
set(ROUSE_HOST ${rouse_default_host} CACHE STRING "native, wasi or js: a module is linked for one host")
set_property(CACHE ROUSE_HOST PROPERTY STRINGS native wasi js)
if(NOT ROUSE_HOST MATCHES "^(native|wasi|js)$")
  message(FATAL_ERROR "ROUSE_HOST is ${ROUSE_HOST}: it must be native, wasi or js")
endif()

if(NOT ROUSE_HOST STREQUAL "native") # for toolchains other than ours, which name it themselves
  set(CMAKE_EXECUTABLE_SUFFIX .wasm)
endif()

# How a program is linked that has no `main`.
set(ROUSE_WITHOUT_MAIN "" CACHE INTERNAL "")
if(ROUSE_EMSCRIPTEN)
  set(ROUSE_WITHOUT_MAIN --no-entry CACHE INTERNAL "")
elseif(ROUSE_HOST STREQUAL "js")
  rouse_flags(flags ${PROJECT_SOURCE_DIR} js without_main)
  set(ROUSE_WITHOUT_MAIN "${flags}" CACHE INTERNAL "")
endif()

# What the library, and everything that links it, is compiled and linked with.
function(rouse_host_options target)
  if(NOT ROUSE_HOST STREQUAL "native")
    rouse_flags(compile ${PROJECT_SOURCE_DIR} ${ROUSE_HOST} compile)
    rouse_flags(link ${PROJECT_SOURCE_DIR} ${ROUSE_HOST} link)
    set(definitions ${compile})
    list(FILTER definitions INCLUDE REGEX "^-D")
    list(FILTER compile EXCLUDE REGEX "^-D")
    target_compile_definitions(${target} PUBLIC ${definitions})
    target_link_options(${target} INTERFACE ${link})
    if(NOT ROUSE_EMSCRIPTEN)
      target_compile_options(${target} PUBLIC ${compile})
    endif()
  endif()
  if(ROUSE_EMSCRIPTEN)
    target_link_options(${target} INTERFACE -sSTANDALONE_WASM -sALLOW_MEMORY_GROWTH
      --js-library=${PROJECT_SOURCE_DIR}/wasm/emscripten/rouse_host.js)
  endif()
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/program.cmake)
