/* program.c: how a ROUSE_MAIN program ends, the same on every host. */
#include "../base/text.h"
#include <rouse/task.h>

#include <stdlib.h>

enum { EXIT_SIGNAL = 128, INTERRUPTED = 2 };

/* The signal that cancelled the program, on hosts with signals. */
#pragma weak rouse_i_signal
int rouse_i_signal(void);

static void print_failure(rouse_status status, const struct rouse_error *error)
{
    char buffer[2048];
    struct rouse_error bare = {.status = status};
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_string(&text, "rouse: ");
    rouse_i_text_error(&text, error ? error : &bare);
    rouse_i_text_char(&text, '\n');
    rouse_host_log(text.start, text.length);
}

int rouse_i_program_end(const struct rouse_future *root, rouse_status status,
                        const struct rouse_error *error)
{
    if (status >= 0)
        return root->exit_code ? *root->exit_code : EXIT_SUCCESS;
    if (status != ROUSE_ERR_DEADLOCK) /* a deadlock has been reported already */
        print_failure(status, error);
    if (status != ROUSE_ERR_CANCELLED)
        return EXIT_FAILURE;
    return EXIT_SIGNAL + (rouse_i_signal ? rouse_i_signal() : INTERRUPTED);
}
