/* variant.h: the build variants, and the small macros that every header uses. */
#ifndef ROUSE_PRIVATE_VARIANT_H
#define ROUSE_PRIVATE_VARIANT_H

#ifndef ROUSE_TRACE
#define ROUSE_TRACE 0
#endif
#ifndef ROUSE_HOSTILE
#define ROUSE_HOSTILE 0
#endif
#ifndef ROUSE_CHECKED
#define ROUSE_CHECKED ROUSE_HOSTILE
#endif
/* Checked and traced builds keep what reports need: who spawned what, who holds what. */
#define ROUSE_KNOWS (ROUSE_CHECKED || ROUSE_TRACE)

#define ROUSE_JOIN2_(a, b) a##b
#define ROUSE_JOIN_(a, b) ROUSE_JOIN2_(a, b)
#define ROUSE_TEXT2_(x) #x
#define ROUSE_TEXT_(x) ROUSE_TEXT2_(x)
/* "file:line" of the call. */
#define ROUSE_PLACE_ __FILE__ ":" ROUSE_TEXT_(__LINE__)

/* Objects of different variants do not link, because the names of their symbols differ. */
#if ROUSE_HOSTILE
#define ROUSE_VARIANT_C_ _hostile
#elif ROUSE_CHECKED
#define ROUSE_VARIANT_C_ _checked
#else
#define ROUSE_VARIANT_C_
#endif
#if ROUSE_TRACE
#define ROUSE_VARIANT_T_ _traced
#else
#define ROUSE_VARIANT_T_
#endif
#define ROUSE_VARIANT_(name) ROUSE_JOIN_(name, ROUSE_JOIN_(ROUSE_VARIANT_C_, ROUSE_VARIANT_T_))

#ifdef __cplusplus
#define ROUSE_NORETURN_ [[noreturn]]
#else
#define ROUSE_NORETURN_ _Noreturn
#endif

/* Picks one of two macros by the number of arguments: the name that stands 33rd in the list. Of 17
   to 32 arguments the compiler says that there are too many. */
#define ROUSE_1_OR_N_(one, many, ...)                                                              \
    ROUSE_PICK_(__VA_ARGS__, ROUSE_16_(ROUSE_TOO_MANY_), many, many, many, many, many, many, many, \
                many, many, many, many, many, many, many, many, one, ~)
#define ROUSE_2_OR_N_(two, many, ...)                                                              \
    ROUSE_PICK_(__VA_ARGS__, ROUSE_16_(ROUSE_TOO_MANY_), many, many, many, many, many, many, many, \
                many, many, many, many, many, many, many, two, ~, ~)
#define ROUSE_16_(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
#define ROUSE_PICK_(...) ROUSE_33RD_(__VA_ARGS__)
#define ROUSE_33RD_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, A, B, C, D, E, F, G, H, I, J, \
                    K, L, M, N, O, P, NAME, ...)                                                  \
    NAME
#define ROUSE_TOO_MANY_(...) rouse_macro_takes_at_most_16_arguments_

#endif
