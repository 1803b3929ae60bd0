/* bug.c: reports a mistake in the program and ends the program. */
#include "check.h"
#include "text.h"
#include <rouse/host.h>

#if ROUSE_TRACE
static void do_nothing(void)
{
}

void (*rouse_i_before_trap)(void) = do_nothing;
#endif

void rouse_i_bug_at(const char *what, const struct rouse_future *frame, const char *how,
                    const struct rouse_future *chain)
{
    char buffer[1024];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_string(&text, "rouse: bug: ");
    rouse_i_text_string(&text, what);
    if (frame)
        rouse_i_text_frame(&text, "in", frame);
    rouse_i_text_chain(&text, how, chain);
    rouse_i_text_char(&text, '\n');
    rouse_host_log(text.start, text.length);
#if ROUSE_TRACE
    rouse_i_before_trap();
#endif
    ROUSE_TRAP();
}

void rouse_i_bug(const struct rouse_future *f, const char *what)
{
    rouse_i_bug_at(what, NULL, "in", f);
}
