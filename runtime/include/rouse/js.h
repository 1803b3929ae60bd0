/* js.h: C and JavaScript call each other. An async function of C becomes a lazy function in
   JavaScript, and an async function of JavaScript a lazy future in C.

       ROUSE_EXPORT(add, ROUSE_I32(a), ROUSE_I32(b), ROUSE_OUT_I32)     await app.add(1, 2)
       ROUSE_IMPORT(fetch_text, ROUSE_STRING(url), ROUSE_OUT_STRING)    fetch_text(self->url)

   On other hosts an export does nothing, and an import fails with NOT_SUPPORTED. */
#ifndef ROUSE_JS_H
#define ROUSE_JS_H

#include "bytes.h"
#include "private/js.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Kinds --------------------------------------------------------------------------------- */

/* A handle of a JavaScript value. 0 is undefined. Handles of arguments and results end with their
   future; rouse_js_clone makes one that lives longer. */
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
/* The result, in the field `out`. It comes last; leave it away if there is no result. The `out` of
   an exported string may also be an array of char in the struct. */
#define ROUSE_OUT_I32 (js_i32, out, js_out)
#define ROUSE_OUT_I64 (js_i64, out, js_out)
#define ROUSE_OUT_F64 (js_f64, out, js_out)
#define ROUSE_OUT_BOOL (js_bool, out, js_out)
#define ROUSE_OUT_STRING (js_text, out, js_out)
#define ROUSE_OUT_BYTES (js_bytes, out, js_out)
#define ROUSE_OUT_VALUE (js_value, out, js_out)

/* ---- Export and import --------------------------------------------------------------------- */

/* At file scope, after the body of ROUSE_ASYNC(T) or ROUSE_STREAM(T). At most 12 fields; the others
   start as zero. Strings and bytes live as long as the future. */
#define ROUSE_EXPORT(...) ROUSE_1_OR_N_(ROUSE_EXPORT1_, ROUSE_EXPORTN_, __VA_ARGS__)(__VA_ARGS__)

/* At file scope: makes `struct name` and its maker `name(...)`. A string, bytes or value in `out`
   is valid until the slot gets its next future of this kind, or the task ends. Dropping the future
   while it waits aborts the signal that the JavaScript function got. */
#define ROUSE_IMPORT(...) ROUSE_1_OR_N_(ROUSE_IMPORT1_, ROUSE_IMPORTN_, __VA_ARGS__)(__VA_ARGS__)

/* ---- Errors -------------------------------------------------------------------------------- */

/* Each value that a JavaScript function throws has its own status, at most this. Propagate it, or
   fail with it later: the JavaScript that awaits you gets the same value. The latest 256 are kept
   while any task lives. */
enum { ROUSE_JS_THROWN = -0x40000000 };
static inline bool rouse_js_is_thrown(rouse_status status)
{
    return status <= ROUSE_JS_THROWN;
}

/* ---- Values -------------------------------------------------------------------------------- */

#ifdef ROUSE_JS
rouse_js rouse_js_clone(rouse_js value); /* another handle of the same value */
void rouse_js_drop(rouse_js value);      /* ends a handle from rouse_js_clone */
#endif

/* ---- What every JavaScript host has -------------------------------------------------------- */

#ifndef __cplusplus
/* Awaits a promise or thenable; any other value is the result itself. Many waiters for one promise
   cost one reaction. */
ROUSE_JS_FUNCTION_(rouse_js_await, ROUSE_VALUE(value), ROUSE_OUT_VALUE)
/* The next item of an iterator, async or not, or of a ReadableStream's reader. CLOSED at the end.
 */
ROUSE_JS_FUNCTION_(rouse_js_next, ROUSE_VALUE(iterator), ROUSE_OUT_VALUE)
/* The next chunk of a ReadableStream, or of its reader. CLOSED at the end. */
ROUSE_JS_FUNCTION_(rouse_js_read, ROUSE_VALUE(stream), ROUSE_OUT_BYTES)
/* Writes a copy to a WritableStream, or to its writer, once it has room. */
ROUSE_JS_FUNCTION_(rouse_js_write, ROUSE_VALUE(stream), ROUSE_BYTES(bytes))
/* Closes a WritableStream, or its writer. Done when everything has left. */
ROUSE_JS_FUNCTION_(rouse_js_end, ROUSE_VALUE(stream))
/* The next event of this type. It listens only while it waits. */
ROUSE_JS_FUNCTION_(rouse_js_event, ROUSE_VALUE(target), ROUSE_STRING(type), ROUSE_OUT_VALUE)
/* A Response. Dropping the future aborts the request. */
ROUSE_JS_FUNCTION_(rouse_js_fetch, ROUSE_STRING(url), ROUSE_OUT_VALUE)
/* Gives the thread to the platform: for timers and input, or until the next frame is painted. */
ROUSE_JS_FUNCTION_(rouse_js_yield_host, ROUSE_OUT_BOOL)
ROUSE_JS_FUNCTION_(rouse_js_yield_frame, ROUSE_OUT_F64)

#ifdef ROUSE_JS
/* A ReadableStream, or its reader, as a reader: for buffered readers, lines and copies. */
struct rouse_js_reader {
    struct rouse_reader reader;
    /* private */
    rouse_js stream;
    struct rouse_js_read call;
    struct rouse_slice left; /* of the chunk that came last */
};
void rouse_js_reader_init(struct rouse_js_reader *reader, rouse_js stream);
void rouse_js_reader_drop(struct rouse_js_reader *reader);

/* A WritableStream, or its writer, as a writer. The next chunk waits until the stream has taken the
   last one. Shutting it down closes the stream. */
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
