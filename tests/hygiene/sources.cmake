# sources(OUT DIRECTORY EXTENSION...): files of the project with these extensions, relative to the
# root. Git knows what is the project's and what was built or installed into it.
function(sources out directory)
  list(JOIN ARGN "|" extensions)
  set(found "")
  set(result 1)
  if(git AND EXISTS ${root}/.git)
    execute_process(COMMAND ${git} ls-files --cached --others --exclude-standard -- ${directory}
      WORKING_DIRECTORY ${root} OUTPUT_VARIABLE text ERROR_QUIET RESULT_VARIABLE result)
  endif()
  if(result EQUAL 0)
    string(REGEX MATCHALL "[^\n]+" files "${text}")
  else() # a tarball
    file(GLOB_RECURSE files RELATIVE ${root} ${root}/${directory}/*)
    list(FILTER files EXCLUDE REGEX "(^|/)(node_modules|build|dist)/")
  endif()
  foreach(file IN LISTS files)
    if(file MATCHES "\\.(${extensions})$" AND EXISTS ${root}/${file})
      list(APPEND found ${file})
    endif()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()
