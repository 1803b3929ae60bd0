# All TypeScript and JavaScript of ours is formatted by Prettier with .prettierrc.json.
cmake_minimum_required(VERSION 3.23)
set(prettier ${root}/node_modules/prettier/bin/prettier.cjs)
if(NOT node OR NOT EXISTS ${prettier})
  message("SKIP: Prettier is not installed")
  return()
endif()
execute_process(COMMAND ${node} ${prettier} --list-different .
  WORKING_DIRECTORY ${root} RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "not formatted (npm run format):\n${text}")
endif()
