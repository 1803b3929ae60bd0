# A build without ROUSE_TRACE has no code that records: the library names none of it.
execute_process(COMMAND ${nm} ${library} OUTPUT_VARIABLE symbols ERROR_QUIET)
if(NOT symbols MATCHES "rouse_runtime_init")
  message(FATAL_ERROR "${nm} does not show the symbols of ${library}")
endif()
if(symbols MATCHES "[^\n]*rouse_i_(trace|lint)[^\n]*")
  message(FATAL_ERROR "records although ROUSE_TRACE is off: ${CMAKE_MATCH_0}")
endif()
