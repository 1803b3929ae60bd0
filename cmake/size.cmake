# Tells how large `file` is: cmake -D file=app.wasm -P size.cmake
file(SIZE ${file} size)
cmake_path(GET file FILENAME name)
message(STATUS "${name}: ${size} bytes")
