// needs: malloc
/* The dump for tools: it is JSON whatever the names are. */
#include "report.h"

struct joiner {
    struct rouse_future future;
    struct rouse_task **other;
    struct rouse_task_join join;
    struct rouse_join all;
};
ROUSE_ASYNC(joiner)
{
    ROUSE_BEGIN;
    self->join = rouse_task_join(*self->other);
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(NULL, &self->join.future)));
    ROUSE_END;
}

TEST(json_dump_escapes_names_and_lists_deadlocks)
{
    struct rouse_runtime rt;
    struct rouse_task *task;
    open_runtime(&rt);
    task = rouse_spawn(&rt, ROUSE_FUTURE(joiner, .other = &task));
    rouse_task_set_name(task, "a \"name\"\n");
    rouse_task_detach(rouse_spawn(&rt, rouse_ready(ROUSE_OK)));
    struct rouse_task *other = rouse_spawn(&rt, rouse_pending());
    run(&rt);
    said[0] = '\0';
    rouse_dump_json(&rt, collect, NULL);
    EXPECT_CONTAINS(said, "{\"version\":1,\"tasks\":[\n{\"at\":\"0x");
    EXPECT_CONTAINS(said, "\"name\":\"a \\\"name\\\"\\u000a\",\"type\":\"joiner\"");
    EXPECT_CONTAINS(said, "\"state\":\"waiting\",\"bytes\":");
    EXPECT_CONTAINS(said, ",\"awaits\":[{\"line\":0,\"function\":\"rouse_join\"");
    EXPECT_CONTAINS(said, "\"waits\":\"nothing: it never ends\"}");
    EXPECT_CONTAINS(said, "],\"deadlocks\":[\n\"deadlock: task a");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_task_detach(other);
    rouse_runtime_drop(&rt);
}

TEST(json_dump_of_names_of_any_length_is_whole)
{
    static char name[4200], rest[4096];
    struct rouse_runtime rt;
    open_runtime(&rt);
    struct rouse_task *task = rouse_spawn(&rt, rouse_pending());
    for (size_t length = 3900; length < sizeof name - 1; length++) {
        memset(name, 'n', length);
        rouse_task_set_name(task, name);
        said[0] = '\0';
        rouse_dump_json(&rt, collect, NULL);
        const char *after = strstr(said, "nnn") + length;
        EXPECT_EQ(strncmp(after, "\",\"type\":\"rouse_pending\",", 24), 0);
        EXPECT_CONTAINS(after, "],\"deadlocks\":[]}\n");
        EXPECT(!rest[0] || strcmp(after, rest) == 0); /* the same after each of them */
        memcpy(rest, after, strlen(after) + 1);
    }
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(json_dump_of_a_name_that_is_no_text_is_text)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    struct rouse_task *task = rouse_spawn(&rt, rouse_pending());
    rouse_task_set_name(
        task, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 \xff \xc3( \xc0\xaf \xed\xa0\x80 \xe2\x82");
    said[0] = '\0';
    rouse_dump_json(&rt, collect, NULL);
    EXPECT_CONTAINS(said, "\"name\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 \\ufffd "
                          "\\ufffd( \\ufffd\\ufffd \\ufffd\\ufffd\\ufffd \\ufffd\\ufffd\",");
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}
