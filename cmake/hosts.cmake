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

if(NOT ROUSE_HOST STREQUAL "native")
  set(CMAKE_EXECUTABLE_SUFFIX .wasm)
endif()

# What everything that links the library gets. A stack that overflows must trap, not run into data.
function(rouse_host_options target)
  if(ROUSE_HOST STREQUAL "js")
    target_compile_definitions(${target} PUBLIC ROUSE_JS)
  endif()
  if(NOT ROUSE_HOST STREQUAL "native")
    target_link_options(${target} INTERFACE -Wl,--stack-first -Wl,-z,stack-size=262144)
  endif()
  if(NOT ROUSE_HOST STREQUAL "native" AND NOT ROUSE_EMSCRIPTEN)
    # Every engine of today copies memory by itself; without this each module brings a memcpy.
    target_compile_options(${target} PUBLIC -mbulk-memory)
  endif()
  if(ROUSE_EMSCRIPTEN)
    target_link_options(${target} INTERFACE -sSTANDALONE_WASM -sALLOW_MEMORY_GROWTH
      --js-library=${PROJECT_SOURCE_DIR}/wasm/emscripten/rouse_host.js)
  endif()
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/program.cmake)
