/* js.h: C and JavaScript call each other. An async function of C becomes a lazy function in
   JavaScript, and an async function of JavaScript a lazy future in C.

       ROUSE_EXPORT(add, ROUSE_I32(a), ROUSE_I32(b), ROUSE_OUT_I32)     await app.add(1, 2)
       ROUSE_IMPORT(fetch_text, ROUSE_STRING(url), ROUSE_OUT_STRING)    fetch_text(self->url)

   On other hosts exports are nothing, and imports fail with NOT_SUPPORTED. */
#ifndef ROUSE_JS_H
#define ROUSE_JS_H

#include "bytes.h"
#include "private/js.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Kinds --------------------------------------------------------------------------------- */

/* A JavaScript value, held for C. 0 is undefined. Arguments and results are let go with the future
   they belong to; rouse_js_clone keeps one longer. */
typedef uint32_t rouse_js;

struct rouse_bytes {
    const void *data;
    size_t size;
};

/* Fields of the exported struct, or parameters of the imported function, by name. */
#define ROUSE_I32(name) (js_i32, name, js_in)       /* int32_t               number     */
#define ROUSE_I64(name) (js_i64, name, js_in)       /* int64_t               bigint     */
#define ROUSE_F64(name) (js_f64, name, js_in)       /* double                number     */
#define ROUSE_BOOL(name) (js_bool, name, js_in)     /* bool                  boolean    */
#define ROUSE_STRING(name) (js_string, name, js_in) /* const char *, UTF-8   string     */
#define ROUSE_BYTES(name) (js_bytes, name, js_in)   /* struct rouse_bytes    Uint8Array */
#define ROUSE_VALUE(name) (js_value, name, js_in)   /* rouse_js              anything   */
/* What comes out, in the field `out`: the last, and left away if nothing does. The `out` of an
   exported string may also be an array of char inside the struct. */
#define ROUSE_OUT_I32 (js_i32, out, js_out)
#define ROUSE_OUT_I64 (js_i64, out, js_out)
#define ROUSE_OUT_F64 (js_f64, out, js_out)
#define ROUSE_OUT_BOOL (js_bool, out, js_out)
#define ROUSE_OUT_STRING (js_text, out, js_out)
#define ROUSE_OUT_BYTES (js_bytes, out, js_out)
#define ROUSE_OUT_VALUE (js_value, out, js_out)

/* ---- Export and import --------------------------------------------------------------------- */

/* At file scope, behind ROUSE_ASYNC(T) or ROUSE_STREAM(T). Fields that are not named start as zero;
   strings and bytes live as long as the future. At most 12 fields. */
#define ROUSE_EXPORT(...) ROUSE_1_OR_N_(ROUSE_EXPORT1_, ROUSE_EXPORTN_, __VA_ARGS__)(__VA_ARGS__)

/* At file scope: makes `struct name` and its maker `name(...)`. What a string, bytes or value `out`
   points to is valid until the slot holds the next future of this kind, or the task ends. Dropping
   it while it waits aborts the signal that the JavaScript function was given. */
#define ROUSE_IMPORT(...) ROUSE_1_OR_N_(ROUSE_IMPORT1_, ROUSE_IMPORTN_, __VA_ARGS__)(__VA_ARGS__)

/* ---- Errors -------------------------------------------------------------------------------- */

/* What a JavaScript function threw is a status of its own, at most this. Propagate it, or fail with
   it later: whoever awaits in JavaScript gets the very value that was thrown. The latest 256 are
   kept while any task lives. */
enum { ROUSE_JS_THROWN = -0x40000000 };
static inline bool rouse_js_is_thrown(rouse_status status)
{
    return status <= ROUSE_JS_THROWN;
}

/* ---- Values -------------------------------------------------------------------------------- */

#ifdef ROUSE_JS
rouse_js rouse_js_clone(rouse_js value); /* one more handle of the same value */
void rouse_js_drop(rouse_js value);      /* of a handle from rouse_js_clone */
#endif

/* ---- What every JavaScript host has -------------------------------------------------------- */

#ifndef __cplusplus
/* Awaits a promise or thenable; anything else is its own result. However many wait for one promise,
   it gets one reaction. */
ROUSE_JS_FUNCTION_(rouse_js_await, ROUSE_VALUE(value), ROUSE_OUT_VALUE)
/* The next item of an iterator, async or not, or of a ReadableStream's reader; CLOSED at its end.
 */
ROUSE_JS_FUNCTION_(rouse_js_next, ROUSE_VALUE(iterator), ROUSE_OUT_VALUE)
/* The next chunk of a ReadableStream, or of its reader; CLOSED at its end. */
ROUSE_JS_FUNCTION_(rouse_js_read, ROUSE_VALUE(stream), ROUSE_OUT_BYTES)
/* Writes a copy to a WritableStream, or to its writer, once that has room. */
ROUSE_JS_FUNCTION_(rouse_js_write, ROUSE_VALUE(stream), ROUSE_BYTES(bytes))
/* Closes a WritableStream, or its writer: done when all of it has left. */
ROUSE_JS_FUNCTION_(rouse_js_end, ROUSE_VALUE(stream))
/* The next event of this type; nobody listens before or after. */
ROUSE_JS_FUNCTION_(rouse_js_event, ROUSE_VALUE(target), ROUSE_STRING(type), ROUSE_OUT_VALUE)
/* A Response; dropping this aborts the request. */
ROUSE_JS_FUNCTION_(rouse_js_fetch, ROUSE_STRING(url), ROUSE_OUT_VALUE)
/* Lets the platform have the thread: timers and input; a frame to be painted. */
ROUSE_JS_FUNCTION_(rouse_js_yield_host, ROUSE_OUT_BOOL)
ROUSE_JS_FUNCTION_(rouse_js_yield_frame, ROUSE_OUT_F64)

#ifdef ROUSE_JS
/* A ReadableStream, or its reader, as a reader: buffered readers, lines and copies stand on it. */
struct rouse_js_reader {
    struct rouse_reader reader;
    /* private */
    rouse_js stream;
    struct rouse_js_read call;
    struct rouse_slice left; /* of the chunk that came last */
};
void rouse_js_reader_init(struct rouse_js_reader *reader, rouse_js stream);
void rouse_js_reader_drop(struct rouse_js_reader *reader);

/* A WritableStream, or its writer, as a writer. One chunk is under way at a time: the next waits
   until the stream has taken it. Shutting it down closes the stream. */
struct rouse_js_writer {
    struct rouse_writer writer;
    /* private */
    rouse_js stream;
    struct rouse_js_write call;
    struct rouse_js_end end;
    bool ended;
};
void rouse_js_writer_init(struct rouse_js_writer *writer, rouse_js stream);
void rouse_js_writer_drop(struct rouse_js_writer *writer);
#endif
#endif

#ifdef __cplusplus
}
#endif
#endif
