/* Records made by hand, as the file that tools read. */
#include "test.h"
// needs: malloc

enum { RECORDS = 64 };
static struct rouse_trace_record ring[RECORDS];
static char strings[256];
static struct rouse_trace trace;
static char file[16384];

static void begin(void)
{
    EXPECT_EQ(rouse_trace_init(&trace, ring, RECORDS, strings, sizeof strings), ROUSE_OK);
}

static uint32_t text(const char *string)
{
    uint32_t at = trace.string_used;
    memcpy(strings + at, string, strlen(string) + 1);
    trace.string_used += (uint32_t)strlen(string) + 1;
    return at;
}

static void record(uint8_t kind, uint32_t task, uint32_t a, uint32_t b, uint32_t c)
{
    bool js = kind >= ROUSE_EVENT_JS_CALL_BEGIN && kind <= ROUSE_EVENT_JS_UNHANDLED;
    ring[trace.seq] = (struct rouse_trace_record){
        .seq = trace.seq, .kind = kind, .side = js ? ROUSE_SIDE_JS : ROUSE_SIDE_C, .task = task};
    ring[trace.seq].a = a;
    ring[trace.seq].b = b;
    ring[trace.seq].c = c;
    ring[trace.seq].t = trace.seq * 0.0000005; /* half a nanosecond */
    trace.seq++;
}

static void to_text(void *data, const char *part, size_t length)
{
    (void)data;
    EXPECT(strlen(file) + length < sizeof file);
    strncat(file, part, length);
}

static const char *written(enum rouse_trace_base base)
{
    file[0] = 0;
    rouse_trace_write(&trace, base, to_text, NULL);
    int depth = 0;
    for (const char *c = file; *c; c++)
        depth += (*c == '{' || *c == '[') - (*c == '}' || *c == ']');
    EXPECT_EQ(depth, 0);
    return file;
}

/* A type's name has its file behind it. */
static uint32_t type(const char *name)
{
    uint32_t at = text(name);
    text("app.c");
    return at;
}

TEST(an_empty_trace_is_a_file_of_names)
{
    begin();
    EXPECT_CONTAINS(written(ROUSE_BASE_LOGICAL), "\"executor\"");
    EXPECT_CONTAINS(file, "\"base\":\"logical\"");
}

TEST(a_poll_is_a_slice_from_beginning_to_end_however_it_ends)
{
    static const struct {
        rouse_status status;
        const char *said;
    } ends[] = {{ROUSE_PENDING_, "\"res\":\"pending\""},
                {ROUSE_ITEM_, "\"res\":\"item\""},
                {ROUSE_OK, "\"res\":\"ready\""},
                {ROUSE_ERR_TIMEOUT, "\"res\":\"ROUSE_ERR_TIMEOUT\""}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        begin();
        uint32_t job = type("job");
        record(ROUSE_EVENT_POLL_BEGIN, 1, 5, 12, job);
        record(ROUSE_EVENT_JS_PROMISE, 0, 1, 0, 0); /* the other side is asked something */
        record(ROUSE_EVENT_POLL_END, 1, 5, 14, (uint32_t)ends[i].status);
        EXPECT_CONTAINS(written(ROUSE_BASE_CLOCK), ends[i].said);
        EXPECT_CONTAINS(file, "\"src\":\"app.c:14\"");
        EXPECT_CONTAINS(file, "\"base\":\"clock\"");
    }
    begin();
    record(ROUSE_EVENT_POLL_BEGIN, 1, 5, 12, type("job"));
    record(ROUSE_EVENT_LOG, 1, text("more"), 0, 0);
    EXPECT_CONTAINS(written(ROUSE_BASE_LOGICAL), "\"res\":\"cut\"");
}

TEST(a_wake_is_an_arrow_to_the_poll_it_causes)
{
    begin();
    record(ROUSE_EVENT_TASK_SPAWN, 1, text("job"), 64, 0);
    record(ROUSE_EVENT_WAKE, 1, 0, ROUSE_BY_OUTSIDE, 0);
    record(ROUSE_EVENT_TURN_BEGIN, 0, 0, 0, 0);
    record(ROUSE_EVENT_POLL_BEGIN, 1, 5, 12, type("job"));
    record(ROUSE_EVENT_POLL_END, 1, 5, 14, 0);
    record(ROUSE_EVENT_WAKE, 2, 1, ROUSE_BY_TASK, 0);
    record(ROUSE_EVENT_TURN_END, 0, 1, 0, 0);
    EXPECT_CONTAINS(written(ROUSE_BASE_LOGICAL), "\"ph\":\"s\"");
    EXPECT_CONTAINS(file, "\"bp\":\"e\",\"id\":1");
    EXPECT(!strstr(file, "\"bp\":\"e\",\"id\":5")); /* of a task that was not polled since */
    EXPECT_CONTAINS(file, "\"task 1 job\"");
}

TEST(a_future_that_is_left_ends_with_the_trace)
{
    begin();
    for (uint32_t fut = 7; fut <= 9; fut++)
        record(ROUSE_EVENT_FUT_CREATE, 0, fut, type("job"), 32);
    record(ROUSE_EVENT_FUT_DROP, 0, 7, 1, 0);
    record(ROUSE_EVENT_FUT_MOVE, 0, 9, 0, 0);
    EXPECT_CONTAINS(written(ROUSE_BASE_LOGICAL), "\"fut\":8,\"by\":\"end\"");
    EXPECT(!strstr(file, "\"fut\":9,\"by\":\"end\""));
}

TEST(words_are_written_as_the_list_says)
{
    begin();
    record(ROUSE_EVENT_TIMER_ARM, 1, 5, 1, 3);
    record(ROUSE_EVENT_TASK_DONE, 1, (uint32_t)-3, 0, 0);
    record(ROUSE_EVENT_LOG, 1, text("\"quoted\"\n"), 0, 0);
    record(ROUSE_EVENT_MEM, 0, 10, 20, 0);
    record(ROUSE_EVENT_JS_MICROTASK_BEGIN, 0, 1, text("then"), 0);
    record(ROUSE_EVENT_JS_MICROTASK_END, 0, 1, 0, 0);
    record(200, 0, 1, 2, 3);
    EXPECT_CONTAINS(written(ROUSE_BASE_LOGICAL), "\"deadline\":4294967301");
    EXPECT_CONTAINS(file, "\"status\":-3");
    EXPECT_CONTAINS(file, "\\\"quoted\\\"\\u000a");
    EXPECT_CONTAINS(file, "\"ph\":\"C\"");
    EXPECT_CONTAINS(file, "\"JavaScript\"");
    EXPECT_CONTAINS(file, "\"kind\":200,\"a\":1,\"b\":2,\"c\":3");
}
