# A build without ROUSE_TRACE has no code that records: the library names none of it. Names stand in objects
# of any format as they are, and no tool is needed that knows the format.
file(STRINGS ${library} names REGEX "rouse_runtime_init")
if(NOT names)
  message(FATAL_ERROR "${library} shows no names")
endif()
file(STRINGS ${library} names REGEX "rouse_i_(trace|lint)")
if(names)
  message(FATAL_ERROR "records although ROUSE_TRACE is off: ${names}")
endif()
