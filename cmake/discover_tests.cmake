# Read by ctest when it starts, once for each test program: asks it for its cases and registers each as a test of its own.
# In: exe, home, list_names, none_fails, ordinary_spec, with_long (see tests.cmake). Names are handled as text,
# never as CMake lists, so that they may hold any brackets, commas and semicolons.

function(register_cases label spec timeout_s)
    execute_process(COMMAND "${exe}" "${spec}" ${list_names}
        OUTPUT_VARIABLE names ERROR_VARIABLE errors RESULT_VARIABLE code)
    # Catch2 2 returns the number of cases, version 3 returns 0; a crash returns words.
    if(NOT code MATCHES "^[0-9]+$" OR NOT errors STREQUAL "")
        message(FATAL_ERROR "${exe} does not list its tests: ${code} ${errors}")
    endif()
    string(FIND "${names}" "\n" length)
    while(length GREATER_EQUAL 0)
        string(SUBSTRING "${names}" 0 ${length} name)
        math(EXPR next "${length} + 1")
        string(SUBSTRING "${names}" ${next} -1 names)
        string(FIND "${names}" "\n" length)
        if(name STREQUAL "")
            continue()
        endif()
        # What Catch2 would read as part of a test expression.
        string(REGEX REPLACE "([][,\\])" "\\\\\\1" pattern "${name}")
        string(REGEX REPLACE "^~" "\\\\~" pattern "${pattern}")
        add_test("${name}" "${exe}" "${pattern}" ${none_fails})
        set_tests_properties("${name}" PROPERTIES LABELS ${label} SKIP_REGULAR_EXPRESSION "(^|\n)(skipped|SKIPPED): " TIMEOUT ${timeout_s}
            ENVIRONMENT "PLUMBLINE_HOME=${home}")
    endwhile()
endfunction()

if(EXISTS "${exe}")
    register_cases(case "${ordinary_spec}" 600)
    if(with_long)
        register_cases(long "[long]" 86400)
    endif()
else()
    add_test(test_program_is_not_built "${exe}")
endif()
