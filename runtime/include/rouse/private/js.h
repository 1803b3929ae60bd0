/* js.h: what the macros of rouse/js.h expand to. */
#ifndef ROUSE_PRIVATE_JS_H
#define ROUSE_PRIVATE_JS_H

#include "../async.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What both sides know ------------------------------------------------------------------ */

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
/* What JavaScript reads about an export or import. An export has two types: of the task around it,
   and of the function. */
struct rouse_i_js_function {
    struct rouse_type type;
    const struct rouse_type *frame;
    const struct rouse_i_js_field *fields;
    uint32_t field_count, line;
    const uint8_t *gives; /* of an export: one of ROUSE_GIVES_ */
};
/* The root of an exported function's task; the frame of the function lies behind it. */
struct rouse_i_js_call {
    struct rouse_future future;
    struct rouse_waker waker; /* while parked with an item */
    uint32_t id;
    bool wanted; /* JavaScript asked for the next item */
};
/* What every import has behind its header. */
struct rouse_i_js_op {
    struct rouse_waker waker;
    uint32_t id; /* of the record in JavaScript, while it waits */
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

/* The C type of each kind, and its code. A field of another type is a compile error. */
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

/* ---- Export -------------------------------------------------------------------------------- */

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

/* ---- Import -------------------------------------------------------------------------------- */

/* The fields of the struct, the parameters of the maker and the assignments in it. Each parameter
   brings a comma, so the list starts with one argument that is thrown away. */
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
/* An import that every JavaScript host of rouse has: the module need not list it. */
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

#ifdef __cplusplus
}
#endif
#endif
