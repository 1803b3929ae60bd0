# A program with ROUSE_MAIN. One that JavaScript drives has no `main`: it is a reactor.
function(rouse_program target)
  if(ROUSE_HOST STREQUAL "js")
    target_link_options(${target} PRIVATE ${ROUSE_WITHOUT_MAIN})
  endif()
endfunction()
