/* jsonl KEY=VALUE: a filter for JSON lines: prints the objects whose member KEY is VALUE, a string
   or anything written without spaces (jsonl level=error, jsonl code=404). It counts the lines that
   are not objects and reports them at the end; exits with 1 if there were any. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_LINE = 65536 };

/* ---- Just enough of JSON ------------------------------------------------------------------- */

struct scan {
    const char *at, *end;
};

static void skip_space(struct scan *scan)
{
    while (scan->at < scan->end && strchr(" \t\r", *scan->at))
        scan->at++;
}

/* The text between the quotes, as written. */
static bool take_string(struct scan *scan, struct rouse_slice *out)
{
    const char *begin = ++scan->at;
    while (scan->at < scan->end && *scan->at != '"')
        scan->at += *scan->at == '\\' ? 2 : 1;
    if (scan->at >= scan->end)
        return false;
    *out = (struct rouse_slice){begin, (size_t)(scan->at++ - begin)};
    return true;
}

/* A string without its quotes; anything else as written, up to the character that ends it. */
static bool take_value(struct scan *scan, struct rouse_slice *out)
{
    const char *begin = scan->at;
    struct rouse_slice inner;
    int depth = 0;
    if (scan->at < scan->end && *scan->at == '"')
        return take_string(scan, out);
    for (; scan->at < scan->end; scan->at++) {
        char c = *scan->at;
        if (c == '"') {
            if (!take_string(scan, &inner))
                return false;
            scan->at--;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']' || c == ',') {
            if (depth == 0)
                break;
            depth -= c != ',';
        }
    }
    *out = (struct rouse_slice){begin, (size_t)(scan->at - begin)};
    while (out->size > 0 && strchr(" \t\r", out->data[out->size - 1]))
        out->size--;
    return out->size > 0 && depth == 0;
}

static bool same(struct rouse_slice a, struct rouse_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static bool take(struct scan *scan, char c)
{
    skip_space(scan);
    if (scan->at >= scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

enum { NO_OBJECT, OTHER, MATCH };
static int look_at(struct rouse_slice line, struct rouse_slice key, struct rouse_slice value)
{
    struct scan scan = {line.data, line.data + line.size};
    struct rouse_slice name, member;
    int found = OTHER;
    if (!take(&scan, '{'))
        return NO_OBJECT;
    if (take(&scan, '}'))
        return OTHER;
    do {
        skip_space(&scan);
        if (scan.at >= scan.end || *scan.at != '"' || !take_string(&scan, &name) ||
            !take(&scan, ':'))
            return NO_OBJECT;
        skip_space(&scan);
        if (!take_value(&scan, &member))
            return NO_OBJECT;
        if (same(name, key) && same(member, value))
            found = MATCH;
    } while (take(&scan, ','));
    return take(&scan, '}') ? found : NO_OBJECT;
}

/* ---- Lines in, lines out ------------------------------------------------------------------- */

static char memory[2][LONGEST_LINE];

/* The output is flushed when no whole line is left to read, so that every line appears in time. */
static bool has_line(struct rouse_slice have)
{
    return have.size > 0 && memchr(have.data, '\n', have.size);
}

struct filter {
    struct rouse_future future;
    const char *argument;
    struct rouse_slice key, value;
    int out;
    unsigned wrong;
    int found;
    struct rouse_buffered_reader reader;
    struct rouse_buffered_writer writer;
    struct rouse_lines lines;
    struct rouse_write_line write;
    struct rouse_flush flush;
};
ROUSE_ASYNC(filter)
{
    const char *equals;
    ROUSE_BEGIN;
    equals = self->argument ? strchr(self->argument, '=') : NULL;
    if (!equals) {
        fprintf(stderr, "usage: jsonl KEY=VALUE\n");
        ROUSE_RETURN(2);
    }
    self->key = (struct rouse_slice){self->argument, (size_t)(equals - self->argument)};
    self->value = (struct rouse_slice){equals + 1, strlen(equals + 1)};
    rouse_buffered_reader_init(&self->reader, rouse_stdin(), memory[0], LONGEST_LINE);
    rouse_buffered_writer_init(&self->writer, rouse_stdout(), memory[1], LONGEST_LINE);
    ROUSE_EACH(self->lines, rouse_lines(&self->reader)) {
        self->found = look_at(self->lines.out, self->key, self->value);
        self->wrong += self->found == NO_OBJECT && self->lines.out.size > 0;
        if (self->found == MATCH)
            ROUSE_AWAIT(self->write, rouse_write_line(&self->writer, self->lines.out.data,
                                                      self->lines.out.size));
        if (!has_line(rouse_buffered(&self->reader)))
            ROUSE_AWAIT(self->flush, rouse_flush(&self->writer.writer));
    }
    ROUSE_AWAIT(self->flush, rouse_flush(&self->writer.writer));
    if (self->wrong)
        fprintf(stderr, "jsonl: %u lines are not objects\n", self->wrong);
    ROUSE_RETURN(self->wrong > 0);
    ROUSE_FINALLY;
    rouse_drop(&self->lines.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(filter, .argument = argc > 1 ? argv[1] : NULL))
