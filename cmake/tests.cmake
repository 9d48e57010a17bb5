# A Catch2 program from tests/**/*.cpp (and one for DART's); every test case becomes a ctest of its own, so ctest counts, runs them
# side by side and stops the one that hangs. Labels: case (ordinary), long (by hand), layers.

find_package(Catch2 REQUIRED)  # 2.13 or 3.x: tests/catch.h includes the right one

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/*.cpp")
list(FILTER test_sources EXCLUDE REGEX "/tests/fuzz/")  # programs of their own: cmake/fuzz.cmake

# Only some tags asked for (the sanitiser build): leave out files in which no test carries one of them, and helpers
# (files without any test case) in whose folder no file is left.
if(PLUMB_TEST_TAGS)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${test_sources})
    string(REGEX REPLACE "," "|" any_tag "${PLUMB_TEST_TAGS}")
    set(wanted "")
    set(helpers "")
    set(folders "")
    foreach(source IN LISTS test_sources)
        file(READ "${source}" text)
        cmake_path(GET source PARENT_PATH folder)
        if(NOT text MATCHES "TEST_CASE|SCENARIO")
            list(APPEND helpers "${source}")
        elseif(text MATCHES "\\[(${any_tag})\\]")
            list(APPEND wanted "${source}")
            list(APPEND folders "${folder}")
        endif()
    endforeach()
    foreach(source IN LISTS helpers)
        cmake_path(GET source PARENT_PATH folder)
        if(folder IN_LIST folders)
            list(APPEND wanted "${source}")
        endif()
    endforeach()
    set(test_sources ${wanted})
    # parse,smoke -> [parse]~[long]~[.],[smoke]~[long]~[.]
    set(with_long FALSE)
    string(REGEX REPLACE "([^,]+)" "[\\1]~[long]~[.]" ordinary_spec "${PLUMB_TEST_TAGS}")
else()
    set(ordinary_spec "~[long]~[smoke]~[.]")  # whole runs say what smoke says, but to the sanitisers
    set(with_long TRUE)
endif()

# Tests against other engines need those; ./plumb test says what this system does not have.
find_package(DART 6.12 QUIET CONFIG COMPONENTS utils-urdf)
if(NOT TARGET plumb_twins)
    list(FILTER test_sources EXCLUDE REGEX "/mujoco[^/]*\\.cpp$")
endif()
set(dart_sources ${test_sources})
list(FILTER dart_sources INCLUDE REGEX "/dart[^/]*\\.cpp$")
list(FILTER test_sources EXCLUDE REGEX "/dart[^/]*\\.cpp$")

if(test_sources)
    add_executable(plumb_tests ${test_sources})
    target_link_libraries(plumb_tests PRIVATE plumb_flags Catch2::Catch2WithMain
        PkgConfig::TOMLPLUSPLUS PkgConfig::TINYXML2 nlohmann_json::nlohmann_json plumb_glpk)
    # Catch2, Eigen and the standard library cost more than most tests' own text.
    target_precompile_headers(plumb_tests PRIVATE "${CMAKE_SOURCE_DIR}/tests/catch.h" <Eigen/Dense> <algorithm> <cmath>
        <functional> <map> <memory> <optional> <string> <vector>)
    # Up to twelve files of a folder at once, as in the libraries.
    set(files_at_once 12)
    plumb_join_files(plumb_tests ${files_at_once})
    set_target_properties(plumb_tests PROPERTIES UNITY_BUILD_MODE GROUP)
    list(SORT test_sources)  # a folder's files follow one another
    set(last_folder "")
    foreach(source IN LISTS test_sources)
        cmake_path(GET source PARENT_PATH folder)
        if(NOT folder STREQUAL last_folder)
            set(count 0)
            set(last_folder "${folder}")
        endif()
        cmake_path(GET folder FILENAME group)
        math(EXPR batch "${count} / ${files_at_once}")
        math(EXPR count "${count} + 1")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}_${batch}")
    endforeach()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Behind a precompiled header GCC 12 takes std::string for the user's own text and sees overflows in it that are none.
        target_compile_options(plumb_tests PRIVATE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
            -Wno-maybe-uninitialized)  # ... and numbers in a moved std::variant that nobody set
    endif()
    if(PLUMB_TEST_TAGS)  # of studies, pictures, programs and other engines no such test speaks
        target_link_libraries(plumb_tests PRIVATE plumb_balance)
    else()
        target_link_libraries(plumb_tests PRIVATE plumb_sim plumb_report plumb_gl plumb_lab PkgConfig::CAIRO)
        add_dependencies(plumb_tests plumbline plumbline_lab)
        if(TARGET plumb_twins)
            target_link_libraries(plumb_tests PRIVATE plumb_twins)
        endif()
    endif()
    target_compile_definitions(plumb_tests PRIVATE PLUMBLINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_definitions(plumb_tests PRIVATE PLUMBLINE_EXE="$<TARGET_FILE:plumbline>")
    target_compile_definitions(plumb_tests PRIVATE PLUMBLINE_LAB_EXE="$<TARGET_FILE:plumbline_lab>")

    set(test_programs plumb_tests)

    # A program of its own: DART brings some thirty libraries, and each of hundreds of cases would load them.
    if(TARGET dart-utils-urdf AND dart_sources)
        add_executable(plumb_dart_tests ${dart_sources})
        target_link_libraries(plumb_dart_tests PRIVATE plumb_flags plumb_sim Catch2::Catch2WithMain dart dart-utils-urdf)
        target_compile_definitions(plumb_dart_tests PRIVATE PLUMBLINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        list(APPEND test_programs plumb_dart_tests)
    endif()

    # ctest asks each program for its cases each time it starts (cmake/discover_tests.cmake). Catch2's own
    # catch_discover_tests merges cases, silently, when a name holds an unpaired bracket, as "[0, 1)".
    if(Catch2_VERSION VERSION_LESS 3)
        set(list_names "--list-test-names-only")
        set(none_fails "-w;NoTests")  # a name that matches no case is a fault; the default in version 3
    else()
        set(list_names "--list-tests;--verbosity;quiet")
        set(none_fails "")
    endif()
    foreach(program IN LISTS test_programs)
        file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/discovered_${program}.cmake" CONTENT
"set(exe [==[$<TARGET_FILE:${program}>]==])
set(home [==[${CMAKE_SOURCE_DIR}]==])
set(list_names \"${list_names}\")
set(none_fails \"${none_fails}\")
set(ordinary_spec \"${ordinary_spec}\")
set(with_long ${with_long})
include([==[${CMAKE_SOURCE_DIR}/cmake/discover_tests.cmake]==])
")
        set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${CMAKE_BINARY_DIR}/discovered_${program}.cmake")
    endforeach()
endif()

if(NOT PLUMB_TEST_TAGS)
    add_test(NAME layers
        COMMAND ${CMAKE_COMMAND} "-DROOT=${CMAKE_SOURCE_DIR}" -P "${CMAKE_SOURCE_DIR}/cmake/check_layers.cmake")
    add_test(NAME layers_can_fail
        COMMAND ${CMAKE_COMMAND} "-DSCRATCH=${CMAKE_BINARY_DIR}/layers_fixture"
                -P "${CMAKE_SOURCE_DIR}/cmake/check_layers_test.cmake")
    set_tests_properties(layers layers_can_fail PROPERTIES LABELS layers)
endif()
