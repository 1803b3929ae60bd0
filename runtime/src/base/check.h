/* check.h: what must hold. ROUSE_CHECK is there in checked and hostile builds only; programmer
   errors that can be told apart for nothing call rouse_i_bug in every build. */
#ifndef ROUSE_CHECK_H
#define ROUSE_CHECK_H

#include <rouse/future.h>

/* Ends the program here. Not abort() in wasm: one libc makes an orderly exit of it. */
#ifdef __wasm__
#define ROUSE_TRAP() __builtin_trap()
#else
#include <stdlib.h>
#define ROUSE_TRAP() abort()
#endif

/* rouse_i_bug with more to say: the bug is in `frame`, if given, and `chain`, with its parents, is
   listed behind the word `how`. */
ROUSE_NORETURN_ void rouse_i_bug_at(const char *what, const struct rouse_future *frame,
                                    const char *how, const struct rouse_future *chain);
#if ROUSE_TRACE
/* Called before a bug ends the program: so that its trace is saved. NULL: there is nothing to save.
 */
extern void (*rouse_i_before_trap)(void);
#endif

#if ROUSE_CHECKED
#define ROUSE_CHECK(condition, what) ((condition) ? (void)0 : rouse_i_bug(NULL, what))
#else
#define ROUSE_CHECK(condition, what) ((void)0)
#endif

#endif
