# rouse_add_wasm_module(name sources...): a program or module of the host that rouse was built for. For a
# JavaScript host it has no `main` (ROUSE_MAIN and ROUSE_EXPORT are its entries); small, and its size is
# told after linking. Natively it is a plain program.
function(rouse_add_wasm_module name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE rouse::rouse)
  if(NOT ROUSE_HOST STREQUAL "native")
    set_target_properties(${name} PROPERTIES SUFFIX .wasm)
    target_compile_options(${name} PRIVATE -Oz)
    target_link_options(${name} PRIVATE -Wl,--strip-debug)
  endif()
  rouse_program(${name})
  add_custom_command(TARGET ${name} POST_BUILD VERBATIM
    COMMAND ${CMAKE_COMMAND} -D "file=$<TARGET_FILE:${name}>" -P ${ROUSE_MODULE_DIR}/size.cmake)
endfunction()
