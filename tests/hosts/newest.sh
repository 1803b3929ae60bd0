#!/bin/sh
# `newest.sh NEWEST FOLDER`: a command in the tree of tools/newest reads the current folder, and writes only where
# it is allowed to, however it tries.
set -eu
newest=$1
rm -rf "$2"
mkdir -p "$2"
cd "$2"
echo before >kept
"$newest" --write open sh -c '
  cat kept >open/read
  echo directly >kept
  mount -o remount,rw . && echo remounted >kept
  echo "by the root of another process" >"/proc/$PPID/root$PWD/kept"
  true' 2>errors
[ "$(cat open/read)" = before ]
[ "$(cat kept)" = before ]
[ "$(wc -l <errors)" -ge 3 ] # each way was tried
