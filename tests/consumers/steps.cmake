# What every consumer does: run a step, or build a project of this directory and run its program.
cmake_minimum_required(VERSION 3.23)

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT result EQUAL 0)
    string(REPLACE "\n" "\n  " text "${text}")
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "exit ${result} of ${command}:\n  ${text}")
  endif()
  set(text "${text}" PARENT_SCOPE)
endfunction()

function(configure source binary)
  step(${CMAKE_COMMAND} --no-warn-unused-cli -S ${source} -B ${binary} -G ${generator}
    -D CMAKE_MAKE_PROGRAM=${make} -D CMAKE_C_COMPILER=${c} -D CMAKE_BUILD_TYPE=Release
    -D ROUSE_ROOT=${root} ${ARGN})
  if(text MATCHES "CMake (Deprecation )?Warning")
    message(FATAL_ERROR "configured, but not without a warning:\n  ${text}")
  endif()
endfunction()

function(run_program program)
  step(${program})
  if(NOT text STREQUAL "rouse ${version}\n")
    message(FATAL_ERROR "${program} printed: ${text}")
  endif()
endfunction()

function(build_and_run source binary)
  configure(${source} ${binary} ${ARGN})
  step(${CMAKE_COMMAND} --build ${binary})
  run_program(${binary}/program)
endfunction()
