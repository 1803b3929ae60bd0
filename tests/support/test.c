/* test.c: the program of all tests.
     tests NAME [--ops N]     one test, by its whole name, in this process
     tests                    all of them, each with fresh memory; says "test NAME", and "ok NAME"
   if it succeeds tests --with WORD        those with WORD in their names tests --from N --step S
   the Nth, counted from 0, and each Sth after it: S programs share the work */
#include "fresh.h"
#include "test.h"

static struct test_case *first, **last = &first;

void test_register(struct test_case *test)
{
    *last = test;
    last = &test->next;
}

void test_fail(const char *file, int line, const char *what, long long got, long long expected)
{
    fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", file, line, what, got, expected);
    exit(1);
}

void test_fail_text(const char *file, int line, const char *got, const char *expected)
{
    fprintf(stderr, "%s:%d: got\n%s\nexpected\n%s\n", file, line, got, expected);
    exit(1);
}

static int count_arguments;
static char **arguments;

static const char *option(const char *name)
{
    for (int i = 1; i + 1 < count_arguments; i++)
        if (strcmp(arguments[i], name) == 0)
            return arguments[i + 1];
    return NULL;
}

unsigned long long test_option(const char *name, unsigned long long otherwise)
{
    const char *text = option(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static bool run_fresh(struct test_case *test)
{
    printf("test %s\n", test->name);
    bool succeeded = fresh_run(test->run);
    printf("%s %s\n", succeeded ? "ok" : "not ok", test->name);
    fflush(stdout);
    return succeeded;
}

/* The exit code. */
static int run_some(void)
{
    const char *word = option("--with");
    unsigned long long next = test_option("--from", 0), step = test_option("--step", 1);
    unsigned long long index = 0, ran = 0, failed = 0;
    fresh_begin();
    for (struct test_case *test = first; test; test = test->next, index++) {
        if (index != next)
            continue;
        next += step;
        if (word && !strstr(test->name, word))
            continue;
        ran++;
        failed += !run_fresh(test);
    }
    printf("%llu ran, %llu failed\n", ran, failed);
    return ran > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_one(const char *name)
{
    for (struct test_case *test = first; test; test = test->next) {
        if (strcmp(name, test->name) != 0)
            continue;
        test->run();
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "no test is named %s\n", name);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    count_arguments = argc;
    arguments = argv;
    return argc > 1 && argv[1][0] != '-' ? run_one(argv[1]) : run_some();
}
