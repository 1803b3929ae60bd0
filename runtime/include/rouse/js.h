/* js.h: C and JavaScript call each other. An async function of C becomes a lazy function in
   JavaScript, and an async function of JavaScript a lazy future in C.

       ROUSE_EXPORT(add, ROUSE_I32(a), ROUSE_I32(b), ROUSE_OUT_I32)     await app.add(1, 2)
       ROUSE_IMPORT(fetch_text, ROUSE_STRING(url), ROUSE_OUT_STRING)    fetch_text(self->url)

   On other hosts exports are nothing, and imports fail with NOT_SUPPORTED. */
#ifndef ROUSE_JS_H
#define ROUSE_JS_H

#include "bytes.h"

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

/* ---- private: what both sides know --------------------------------------------------------- */

enum {
    ROUSE_JS_I32 = 1,
    ROUSE_JS_I64,
    ROUSE_JS_F64,
    ROUSE_JS_BOOL,
    ROUSE_JS_STRING,
    ROUSE_JS_BYTES,
    ROUSE_JS_VALUE,
    ROUSE_JS_TEXT, /* an array of char */
    ROUSE_JS_OUT = 16
};
struct rouse_i_js_field {
    const char *name;
    uint32_t kind, offset;
};
/* An export has two types: of the function, and of the task around it. */
struct rouse_i_js_function {
    struct rouse_type type;
    const struct rouse_type *frame;
    const struct rouse_i_js_field *fields;
    uint32_t field_count, line;
    const uint8_t *gives; /* of an export: one of ROUSE_GIVES_ */
};
/* The root of an exported function's task; the function's frame lies behind it. */
struct rouse_i_js_call {
    struct rouse_future future;
    struct rouse_waker waker; /* while parked with an item */
    uint32_t id;
    bool wanted; /* somebody asked for the next item */
};
/* How every import begins. */
struct rouse_i_js_op {
    struct rouse_waker waker;
    uint32_t id; /* of JavaScript's record, while it waits */
    bool settled;
    rouse_status result;
};
struct rouse_i_js_leaf {
    struct rouse_future future;
    struct rouse_i_js_op op_;
};
#ifdef ROUSE_JS
struct rouse_polled rouse_i_js_call_poll(struct rouse_future *f, struct rouse_context *cx);
struct rouse_polled rouse_i_js_import_poll(struct rouse_future *f, struct rouse_context *cx);
void rouse_i_js_import_drop(struct rouse_future *f);
#endif

/* M(T, (kind, name, direction)) for each of the tuples. */
#define ROUSE_MAP_(M, T, ...)                                                                     \
    ROUSE_MAP_PICK_(__VA_ARGS__, ROUSE_MAP13_, ROUSE_MAP12_, ROUSE_MAP11_, ROUSE_MAP10_,          \
                    ROUSE_MAP9_, ROUSE_MAP8_, ROUSE_MAP7_, ROUSE_MAP6_, ROUSE_MAP5_, ROUSE_MAP4_, \
                    ROUSE_MAP3_, ROUSE_MAP2_, ROUSE_MAP1_, ~)                                     \
    (M, T, __VA_ARGS__)
#define ROUSE_MAP_PICK_(a, b, c, d, e, f, g, h, i, j, k, l, m, NAME, ...) NAME
#define ROUSE_MAP1_(M, T, x) M(T, x)
#define ROUSE_MAP2_(M, T, x, ...) M(T, x) ROUSE_MAP1_(M, T, __VA_ARGS__)
#define ROUSE_MAP3_(M, T, x, ...) M(T, x) ROUSE_MAP2_(M, T, __VA_ARGS__)
#define ROUSE_MAP4_(M, T, x, ...) M(T, x) ROUSE_MAP3_(M, T, __VA_ARGS__)
#define ROUSE_MAP5_(M, T, x, ...) M(T, x) ROUSE_MAP4_(M, T, __VA_ARGS__)
#define ROUSE_MAP6_(M, T, x, ...) M(T, x) ROUSE_MAP5_(M, T, __VA_ARGS__)
#define ROUSE_MAP7_(M, T, x, ...) M(T, x) ROUSE_MAP6_(M, T, __VA_ARGS__)
#define ROUSE_MAP8_(M, T, x, ...) M(T, x) ROUSE_MAP7_(M, T, __VA_ARGS__)
#define ROUSE_MAP9_(M, T, x, ...) M(T, x) ROUSE_MAP8_(M, T, __VA_ARGS__)
#define ROUSE_MAP10_(M, T, x, ...) M(T, x) ROUSE_MAP9_(M, T, __VA_ARGS__)
#define ROUSE_MAP11_(M, T, x, ...) M(T, x) ROUSE_MAP10_(M, T, __VA_ARGS__)
#define ROUSE_MAP12_(M, T, x, ...) M(T, x) ROUSE_MAP11_(M, T, __VA_ARGS__)
#define ROUSE_MAP13_(M, T, x, ...) M(T, x) ROUSE_MAP12_(M, T, __VA_ARGS__)

/* The C type of each kind; and its code, a compile error where the field has another type. */
#define ROUSE_C_js_i32 int32_t
#define ROUSE_C_js_i64 int64_t
#define ROUSE_C_js_f64 double
#define ROUSE_C_js_bool bool
#define ROUSE_C_js_string const char *
#define ROUSE_C_js_text const char *
#define ROUSE_C_js_bytes struct rouse_bytes
#define ROUSE_C_js_value rouse_js
#define ROUSE_CODE_js_i32(field) _Generic(&(field), int32_t *: ROUSE_JS_I32)
#define ROUSE_CODE_js_i64(field) _Generic(&(field), int64_t *: ROUSE_JS_I64)
#define ROUSE_CODE_js_f64(field) _Generic(&(field), double *: ROUSE_JS_F64)
#define ROUSE_CODE_js_bool(field) _Generic(&(field), bool *: ROUSE_JS_BOOL)
#define ROUSE_CODE_js_string(field) \
    _Generic(&(field), const char **: ROUSE_JS_STRING, char **: ROUSE_JS_STRING)
#define ROUSE_CODE_js_text(field)       \
    _Generic(&(field),                  \
        const char **: ROUSE_JS_STRING, \
        char **: ROUSE_JS_STRING,       \
        char(*)[sizeof(field)]: ROUSE_JS_TEXT)
#define ROUSE_CODE_js_bytes(field) _Generic(&(field), struct rouse_bytes *: ROUSE_JS_BYTES)
#define ROUSE_CODE_js_value(field) _Generic(&(field), rouse_js *: ROUSE_JS_VALUE)
#define ROUSE_FLAG_js_in 0
#define ROUSE_FLAG_js_out ROUSE_JS_OUT

#define ROUSE_SPREAD_(M, ...) M(__VA_ARGS__)
#define ROUSE_UNTUPLE_(kind, name, direction) kind, name, direction
#define ROUSE_ROW_(T, tuple) ROUSE_SPREAD_(ROUSE_ROW2_, T, ROUSE_UNTUPLE_ tuple)
#define ROUSE_ROW2_(T, kind, name, direction)                                            \
    {#name, (uint32_t)ROUSE_CODE_##kind(((struct T *)0)->name) | ROUSE_FLAG_##direction, \
     offsetof(struct T, name)},
#define ROUSE_TABLE_(T, ...)                                                       \
    __attribute__((unused)) static const struct rouse_i_js_field T##_fields_[] = { \
        ROUSE_MAP_(ROUSE_ROW_, T, __VA_ARGS__)};
#define ROUSE_COUNT_(T) (sizeof T##_fields_ / sizeof T##_fields_[0])

/* ---- private: export ----------------------------------------------------------------------- */

#ifdef ROUSE_JS
#define ROUSE_DESCRIBE_(prefix, T, ...)                  \
    const struct rouse_i_js_function *prefix##T(void);   \
    __attribute__((export_name(#prefix #T), used, weak)) \
    const struct rouse_i_js_function *prefix##T(void)    \
    {                                                    \
        __VA_ARGS__                                      \
    }
#define ROUSE_EXPORT_(T, fields_, count)                                                           \
    __attribute__((unused)) static const uint8_t T##_gives_;                                       \
    ROUSE_DESCRIBE_(                                                                               \
        rouse_export_, T,                                                                          \
        static const struct rouse_i_js_function function =                                         \
            {{#T, NULL, sizeof(struct rouse_i_js_call), rouse_i_js_call_poll, rouse_i_async_drop}, \
             &T##_type,                                                                            \
             fields_,                                                                              \
             count,                                                                                \
             __LINE__,                                                                             \
             &T##_gives_};                                                                         \
        return &function;)
#else
#define ROUSE_DESCRIBE_(prefix, T, ...)
#define ROUSE_EXPORT_(T, fields_, count) \
    __attribute__((unused)) static const struct rouse_type *const T##_exported_ = &T##_type;
#endif
#define ROUSE_EXPORT1_(T) ROUSE_EXPORT_(T, NULL, 0)
#define ROUSE_EXPORTN_(T, ...)   \
    ROUSE_TABLE_(T, __VA_ARGS__) \
    ROUSE_EXPORT_(T, T##_fields_, ROUSE_COUNT_(T))

/* ---- private: import ----------------------------------------------------------------------- */

/* The parameters with a comma before each, then without the first; the same for the values. */
#define ROUSE_MEMBER_(T, tuple) ROUSE_SPREAD_(ROUSE_MEMBER2_, ROUSE_UNTUPLE_ tuple)
#define ROUSE_MEMBER2_(kind, name, direction) ROUSE_C_##kind name;
#define ROUSE_PARAMETER_(T, tuple) ROUSE_SPREAD_(ROUSE_PARAMETER2_, ROUSE_UNTUPLE_ tuple)
#define ROUSE_PARAMETER2_(kind, name, direction) ROUSE_PARAMETER_##direction(ROUSE_C_##kind, name)
#define ROUSE_PARAMETER_js_in(type, name) , type name
#define ROUSE_PARAMETER_js_out(type, name)
#define ROUSE_VALUE_(T, tuple) ROUSE_SPREAD_(ROUSE_VALUE2_, ROUSE_UNTUPLE_ tuple)
#define ROUSE_VALUE2_(kind, name, direction) ROUSE_VALUE_##direction(name)
#define ROUSE_VALUE_js_in(name) made_.name = name;
#define ROUSE_VALUE_js_out(name)
#define ROUSE_PARAMETERS_(...) ROUSE_1_OR_N_(ROUSE_VOID_, ROUSE_TAIL_, __VA_ARGS__)(__VA_ARGS__)
#define ROUSE_VOID_(first) void
#define ROUSE_TAIL_(first, ...) __VA_ARGS__

#define ROUSE_IMPORT1_(T)                                                \
    struct T {                                                           \
        struct rouse_future future;                                      \
        struct rouse_i_js_op op_;                                        \
    };                                                                   \
    ROUSE_FUNCTION_(T, NULL, 0)                                          \
    static inline ROUSE_LAZY struct T T(void) {                          \
        return (struct T){.future = ROUSE_HEADER_(&T##_function_.type)}; \
    } ROUSE_DESCRIBE_(rouse_import_, T, return &T##_function_;)
#define ROUSE_IMPORTN_(T, ...)         \
    ROUSE_JS_FUNCTION_(T, __VA_ARGS__) \
    ROUSE_DESCRIBE_(rouse_import_, T, return &T##_function_;)
/* An import that every host of ours has: nothing to list. */
#define ROUSE_JS_FUNCTION_(T, ...)                                          \
    struct T {                                                              \
        struct rouse_future future;                                         \
        struct rouse_i_js_op op_;                                           \
        ROUSE_MAP_(ROUSE_MEMBER_, T, __VA_ARGS__)                           \
    };                                                                      \
    ROUSE_TABLE_(T, __VA_ARGS__)                                            \
    ROUSE_FUNCTION_(T, T##_fields_, ROUSE_COUNT_(T))                        \
    static inline ROUSE_LAZY struct T T(                                    \
        ROUSE_PARAMETERS_(~ROUSE_MAP_(ROUSE_PARAMETER_, T, __VA_ARGS__))) { \
        struct T made_ = {.future = ROUSE_HEADER_(&T##_function_.type)};    \
        ROUSE_MAP_(ROUSE_VALUE_, T, __VA_ARGS__)                            \
        return made_;                                                       \
    }
#define ROUSE_FUNCTION_(T, fields_, count)                                            \
    static const struct rouse_i_js_function T##_function_ = {                         \
        {#T, __FILE__, sizeof(struct T), rouse_i_js_import_poll, ROUSE_IMPORT_DROP_}, \
        NULL,                                                                         \
        fields_,                                                                      \
        count,                                                                        \
        __LINE__,                                                                     \
        NULL};
#ifdef ROUSE_JS
#define ROUSE_IMPORT_DROP_ rouse_i_js_import_drop
#else
#define ROUSE_IMPORT_DROP_ NULL
static inline struct rouse_polled rouse_i_js_import_poll(struct rouse_future *f,
                                                         struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
}
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
