# Install rules: find_package(rouse), and pkg-config.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rouse)
install(TARGETS rouse EXPORT rouse FILE_SET HEADERS)
install(EXPORT rouse NAMESPACE rouse:: FILE rouseConfig.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/rouseConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rouseConfigVersion.cmake DESTINATION ${package_dir})

file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/rouse.pc
"prefix=\${pcfiledir}/../..
Name: rouse
Description: ${PROJECT_DESCRIPTION}
Version: ${PROJECT_VERSION}
Cflags: -I\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}
Libs: -L\${prefix}/${CMAKE_INSTALL_LIBDIR} -lrouse
")
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rouse.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
