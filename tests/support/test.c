/* test.c: the harness behind test.h. Without arguments it runs every test of the file. */
#include "test.h"

static struct test_case *first, **last = &first;
static const char *running = "";

void test_register(struct test_case *test)
{
    *last = test;
    last = &test->next;
}

void test_fail(const char *file, int line, const char *what, long long got, long long expected)
{
    fprintf(stderr, "%s:%d: %s: %s is %lld, expected %lld\n", file, line, running, what, got,
            expected);
    exit(1);
}

void test_fail_text(const char *file, int line, const char *got, const char *expected)
{
    fprintf(stderr, "%s:%d: %s: got\n%s\nexpected\n%s\n", file, line, running, got, expected);
    exit(1);
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (struct test_case *test = first; test; test = test->next) {
        if (argc > 1 && strcmp(argv[1], test->name) != 0)
            continue;
        running = test->name;
        test->run();
        count++;
    }
    if (count == 0)
        fprintf(stderr, "no test is named %s\n", argc > 1 ? argv[1] : "anything");
    return count ? 0 : 1;
}
