/* dump_json.c: the dump as JSON, for tools. docs/debugging.md describes the format. */
#include "waits.h"
#include "../core/wheel.h"
#include <rouse/trace.h>

struct json {
    void (*sink)(void *, const char *, size_t);
    void *sink_data;
    struct rouse_i_text text;
    size_t items; /* written to the current array */
    char buffer[4096];
};

static void flush(struct json *json)
{
    json->sink(json->sink_data, json->text.start, json->text.length);
    json->text = rouse_i_text(json->buffer, sizeof json->buffer);
}

/* Before everything that is written at once: at most 64 bytes. */
static void need_room(struct json *json)
{
    if (json->text.length + 64 > json->text.size)
        flush(json);
}

/* How many bytes of a text are one character of UTF-8; 0: they are none. */
static size_t character_length(const unsigned char *at, size_t left)
{
    unsigned first = at[0], second = left > 1 ? at[1] : 0;
    size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    bool too_long = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool too_large = first > 0xf4 || (first == 0xf4 && second > 0x8f);
    bool half_a_pair = first == 0xed && second > 0x9f;
    if (length > left || too_long || too_large || half_a_pair)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

static void add_string(struct json *json, const char *string, size_t length)
{
    rouse_i_text_char(&json->text, '"');
    for (size_t i = 0; i < length;) {
        const unsigned char *at = (const unsigned char *)string + i;
        size_t bytes = character_length(at, length - i);
        need_room(json);
        if (bytes == 0)
            rouse_i_text_string(&json->text, "\\ufffd");
        else if (*at == '"' || *at == '\\')
            rouse_i_text_add(&json->text, "\\%c", *at);
        else if (*at < ' ')
            rouse_i_text_add(&json->text, "\\u%04x", (unsigned)*at);
        else
            for (size_t k = 0; k < bytes; k++)
                rouse_i_text_char(&json->text, (char)at[k]);
        i += bytes ? bytes : 1;
    }
    rouse_i_text_char(&json->text, '"');
}

static void add_member(struct json *json, const char *key, const char *value)
{
    size_t length = 0;
    while (value[length])
        length++;
    need_room(json);
    rouse_i_text_add(&json->text, ",\"%s\":", key);
    add_string(json, value, length);
}

static void add_number(struct json *json, const char *key, uint32_t value)
{
    need_room(json);
    rouse_i_text_add(&json->text, ",\"%s\":%u", key, (unsigned)value);
}

static void add_frames(struct json *json, const struct rouse_future *f)
{
    need_room(json);
    rouse_i_text_string(&json->text, ",\"awaits\":[");
    for (unsigned depth = 0; f && f->type && f->type->file; f = f->parent, depth++) {
        rouse_i_text_string(&json->text, depth ? ",{\"line\":" : "{\"line\":");
        bool has_line = f->at > ROUSE_AT_POLLED && f->at < ROUSE_AT_UNSTARTED;
        rouse_i_text_number(&json->text, has_line ? f->at : 0);
        add_member(json, "function", f->type->name);
        add_member(json, "file", f->type->file);
        rouse_i_text_char(&json->text, '}');
        flush(json);
        if (f == f->parent || depth == ROUSE_ERROR_FRAMES)
            break;
    }
    rouse_i_text_char(&json->text, ']');
}

static void add_waits(struct json *json, struct rouse_runtime *rt, const struct rouse_future *leaf)
{
    const size_t prefix = sizeof "\n    waits for " - 1;
    char buffer[2048];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_wait(&text, rt, leaf);
    if (text.length > prefix)
        add_member(json, "waits", text.start + prefix);
}

static void write_task(struct json *json, struct rouse_runtime *rt, struct rouse_task *task)
{
    const struct rouse_future *root = rouse_i_task_future(task);
    rouse_i_text_string(&json->text, json->items++ ? ",\n{" : "\n{");
    rouse_i_text_add(&json->text, "\"at\":\"%p\"", (void *)task);
    add_member(json, "name", rouse_task_name(task));
    add_member(json, "type", root->type->name);
    add_member(json, "state", rouse_i_task_state(task));
    add_number(json, "bytes", task->size);
#if ROUSE_KNOWS
    const struct rouse_i_birth *birth = &task->birth;
    add_number(json, "id", birth->id);
    add_number(json, "parent", birth->parent ? birth->parent->birth.id : 0);
    add_number(json, "polls", birth->polls);
    add_number(json, "age_ms", (uint32_t)((rouse_now(rt) - birth->born_ns) / ROUSE_MS));
    if (birth->site)
        add_member(json, "spawned", birth->site);
#endif
    add_frames(json, rouse_i_task_frame(task));
    add_waits(json, rt, rouse_i_task_frame(task));
    rouse_i_text_char(&json->text, '}');
    flush(json);
}

static void write_deadlock(void *data, const char *line, size_t length)
{
    struct json *json = data;
    while (*line == ' ')
        line++, length--;
    rouse_i_text_string(&json->text, json->items++ ? ",\n" : "\n");
    add_string(json, line, length - 1); /* without the end of the line */
    flush(json);
}

static void add_timers(struct json *json, struct rouse_runtime *rt)
{
    uint64_t next = rouse_i_wheel_next(&rt->timers), now = rouse_now(rt);
    uint64_t ms = next > now ? (next - now) / ROUSE_MS : 0;
    if (next != ROUSE_NEVER)
        add_number(json, "next_timer_ms", ms < UINT32_MAX ? (uint32_t)ms : UINT32_MAX);
}

void rouse_dump_json(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                     void *sink_data)
{
    struct json json = {.sink = sink, .sink_data = sink_data};
    struct rouse_i_walk walk = {NULL, NULL, 0};
    struct rouse_task *task;
    json.text = rouse_i_text(json.buffer, sizeof json.buffer);
    rouse_i_text_string(&json.text, "{\"version\":1,\"tasks\":[");
    while ((task = rouse_i_walk_next(rt, &walk)))
        write_task(&json, rt, task);
    rouse_i_text_string(&json.text, "],\"deadlocks\":[");
    json.items = 0;
    rouse_why(rt, NULL, write_deadlock, &json);
    rouse_i_text_char(&json.text, ']');
    add_timers(&json, rt);
    rouse_i_text_string(&json.text, "}\n");
    flush(&json);
}
