/* text.c: the text of messages and reports. */
#include "text.h"
#include "status_brief.h"
#include <rouse/async.h>

/* A program that needs only the brief list does not link the full one. */
#pragma weak rouse_status_name
#pragma weak rouse_status_text

struct rouse_i_text rouse_i_text(char *buffer, size_t size)
{
    struct rouse_i_text text = {buffer, size, 0};
    buffer[0] = '\0';
    return text;
}

void rouse_i_text_char(struct rouse_i_text *text, char c)
{
    if (text->length + 1 >= text->size)
        return;
    text->start[text->length++] = c;
    text->start[text->length] = '\0';
}

void rouse_i_text_string(struct rouse_i_text *text, const char *string)
{
    for (; *string; string++)
        rouse_i_text_char(text, *string);
}

void rouse_i_text_number(struct rouse_i_text *text, uint32_t number)
{
    if (number >= 10)
        rouse_i_text_number(text, number / 10);
    rouse_i_text_char(text, (char)('0' + number % 10));
}

/* ---- Chains of awaits ---------------------------------------------------------------------- */

static void add_place(struct rouse_i_text *text, const char *how, struct rouse_error_frame place)
{
    rouse_i_text_string(text, "\n    ");
    rouse_i_text_string(text, how);
    rouse_i_text_char(text, ' ');
    rouse_i_text_string(text, place.function);
    rouse_i_text_string(text, " (");
    rouse_i_text_string(text, place.file);
    if (place.line) {
        rouse_i_text_char(text, ':');
        rouse_i_text_number(text, place.line);
    }
    rouse_i_text_char(text, ')');
}

void rouse_i_text_frame(struct rouse_i_text *text, const char *how, const struct rouse_future *f)
{
    bool has_line = f->at > ROUSE_AT_POLLED && f->at < ROUSE_AT_UNSTARTED;
    add_place(text, how,
              (struct rouse_error_frame){f->type->name, f->type->file, has_line ? f->at : 0});
}

void rouse_i_text_chain(struct rouse_i_text *text, const char *how, const struct rouse_future *f)
{
    for (int depth = 0; f && f->type && depth < ROUSE_ERROR_FRAMES; depth++, f = f->parent) {
        if (!f->type->file)
            return; /* the runtime's own root of a rouse_block_on */
        rouse_i_text_frame(text, depth ? "awaited by" : how, f);
    }
}

void rouse_i_text_error(struct rouse_i_text *text, const struct rouse_error *error)
{
    bool all = rouse_status_name && rouse_status_text;
    const char *name = (all ? rouse_status_name : rouse_i_status_name)(error->status);
    const char *line = (all ? rouse_status_text : rouse_i_status_text)(error->status);
    rouse_i_text_string(text, name);
    rouse_i_text_string(text, ": ");
    rouse_i_text_string(text, error->message[0] ? error->message : line);
    if (error->status <= ROUSE_USER || (!all && error->status < ROUSE_ERR_DEADLOCK)) {
        rouse_i_text_string(text, " (-");
        rouse_i_text_number(text, 0 - (uint32_t)error->status);
        rouse_i_text_char(text, ')');
    }
    for (uint32_t i = 0; i < error->frame_count && i < ROUSE_ERROR_FRAMES; i++)
        add_place(text, i ? "awaited by" : "in", error->frames[i]);
    if (error->frame_count > ROUSE_ERROR_FRAMES) {
        rouse_i_text_string(text, "\n    ... and ");
        rouse_i_text_number(text, error->frame_count - ROUSE_ERROR_FRAMES);
        rouse_i_text_string(text, " more");
    }
}
