# Install rules: find_package(rouse), and pkg-config. Both may be moved after the installation.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rouse)
install(TARGETS rouse EXPORT rouse FILE_SET HEADERS)
install(EXPORT rouse NAMESPACE rouse:: FILE rouseTargets.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/rouseConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)

# Headers of an imported target are system headers by default, and gcc keeps quiet about what comes
# out of a system header's macro: a local lost across an await would compile without a warning.
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/rouseConfig.cmake
"include(\${CMAKE_CURRENT_LIST_DIR}/rouseTargets.cmake)
set_target_properties(rouse::rouse PROPERTIES IMPORTED_NO_SYSTEM ON SYSTEM OFF)
set(ROUSE_HOST ${ROUSE_HOST})
set(ROUSE_WITHOUT_MAIN \"${ROUSE_WITHOUT_MAIN}\")
set(ROUSE_MODULE_DIR \${CMAKE_CURRENT_LIST_DIR})
include(\${CMAKE_CURRENT_LIST_DIR}/program.cmake)
include(\${CMAKE_CURRENT_LIST_DIR}/module.cmake)
")
install(FILES cmake/program.cmake cmake/module.cmake cmake/size.cmake DESTINATION ${package_dir})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rouseConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/rouseConfigVersion.cmake DESTINATION ${package_dir})

# A program must be compiled as the variant that the library is. Its warnings come from the header,
# because pkg-config does not know the compiler; the flags are named for those who want errors.
get_target_property(definitions rouse INTERFACE_COMPILE_DEFINITIONS)
list(REMOVE_ITEM definitions ROUSE_WARNINGS_BY_FLAGS)
set(flags "")
if(definitions)
  list(JOIN definitions " -D" flags)
  set(flags "-D${flags} ")
endif()
file(RELATIVE_PATH up ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" up ${up})
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/rouse.pc
"prefix=\${pcfiledir}/${up}
warnings_gcc=-Wjump-misses-init -Wmaybe-uninitialized
warnings_clang=-Wconditional-uninitialized -Wsometimes-uninitialized
Name: rouse
Description: ${PROJECT_DESCRIPTION}
Version: ${PROJECT_VERSION}
Cflags: ${flags}-I\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}
Libs: -L\${prefix}/${CMAKE_INSTALL_LIBDIR} -lrouse
")
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rouse.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
