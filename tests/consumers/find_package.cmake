# find_package, from C and from C++, and with the warnings that rouse gives its users.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
set(build ${work}/find_package)
file(REMOVE_RECURSE ${build})
build_and_run(${CMAKE_CURRENT_LIST_DIR}/find_package ${build} -D CMAKE_PREFIX_PATH=${work}/prefix
  -D WANTED=${version})
step(${build}/module)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} --target lost_local
  RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(result EQUAL 0 OR NOT text MATCHES "jump-misses-init|uninitialized")
  message(FATAL_ERROR "an installed rouse does not warn of a lost local:\n${text}")
endif()

find_program(cxx NAMES c++ g++ clang++)
if(cxx)
  file(REMOVE_RECURSE ${build}_cxx)
  configure(${CMAKE_CURRENT_LIST_DIR}/find_package_cxx ${build}_cxx
    -D CMAKE_PREFIX_PATH=${work}/prefix -D CMAKE_CXX_COMPILER=${cxx})
  step(${CMAKE_COMMAND} --build ${build}_cxx)
  step(${build}_cxx/wakes)
endif()
