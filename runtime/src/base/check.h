/* check.h: what must hold. ROUSE_CHECK works in checked and hostile builds only. Mistakes that can
   be detected at no cost call rouse_i_bug in every build. */
#ifndef ROUSE_CHECK_H
#define ROUSE_CHECK_H

#include <rouse/future.h>

/* Ends the program here. In wasm not with abort(): one libc turns that into an orderly exit. */
#ifdef __wasm__
#define ROUSE_TRAP() __builtin_trap()
#else
#include <stdlib.h>
#define ROUSE_TRAP() abort()
#endif

/* rouse_i_bug with more detail: names `frame`, if given, then lists `chain` and its parents behind
   the word `how`. */
ROUSE_NORETURN_ void rouse_i_bug_at(const char *what, const struct rouse_future *frame,
                                    const char *how, const struct rouse_future *chain);
#if ROUSE_TRACE
/* Called before a bug ends the program, to save the trace. Does nothing by default. */
extern void (*rouse_i_before_trap)(void);
#endif

#if ROUSE_CHECKED
#define ROUSE_CHECK(condition, what) ((condition) ? (void)0 : rouse_i_bug(NULL, what))
#else
#define ROUSE_CHECK(condition, what) ((void)0)
#endif

#endif
