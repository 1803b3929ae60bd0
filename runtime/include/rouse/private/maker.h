/* maker.h: a hot maker is defined once, as a macro; the function is made from the macro.

   A function returns its struct in a temporary. Copying it into the slot reads 16 bytes at a time
   what was just written 8 at a time, so the processor waits: 7 to 10 ns, even when the function is
   inlined. A compound literal is built in the slot itself. So in C a hot maker is a macro:

       rouse_sleep(ns)  -->  ((struct rouse_sleep){.future = {.type = ...}, .deadline_ns = (ns)})

   The macro is the only place that says what the future holds. But C++ has no compound literals,
   and a macro has no address. For both, the source file of the future has a function of the same
   name, whose body is the macro:

       ROUSE_MAKER_FUNCTION_(rouse_sleep, rouse_sleep)(uint64_t ns)
       {
           return rouse_sleep(ns);
       } */
#ifndef ROUSE_PRIVATE_MAKER_H
#define ROUSE_PRIVATE_MAKER_H

/* ROUSE_MAKER_(T); stands once before the macros that make a T. ROUSE_MADE_(T, literal) is what
   such a macro expands to. Ignoring the result must be a warning. gcc warns about an unused
   literal; clang does not when it comes from a macro, so there it passes through a function. */
#ifdef __clang__
#define ROUSE_MAKER_(T)                                        \
    static inline ROUSE_LAZY struct T T##_made_(struct T made) \
    {                                                          \
        return made;                                           \
    }                                                          \
    struct T
#define ROUSE_MADE_(T, ...) T##_made_(__VA_ARGS__)
#else
#define ROUSE_MAKER_(T) struct T
#define ROUSE_MADE_(T, ...) (__VA_ARGS__)
#endif

/* The head of the function behind the macro `name`, which makes a T. In parentheses the name is not
   a use of the macro; __typeof__ keeps `struct rouse_sleep (` from being one. */
#define ROUSE_MAKER_FUNCTION_(T, name) __typeof__(struct T)(name)

#endif
