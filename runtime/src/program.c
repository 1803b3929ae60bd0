/* program.c: ROUSE_MAIN on hosts that we call. The program's runtime is a global, because a signal
   handler can reach nothing else. */
#include "text.h"
#include <rouse/task.h>

#include <stdlib.h>

enum { EXIT_INTERRUPTED = 130 };

static struct rouse_runtime program;

static void print_failure(rouse_status status)
{
    char buffer[2048];
    struct rouse_error bare = {.status = status};
    const struct rouse_error *error = rouse_last_error(&program);
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_add(&text, "rouse: ");
    rouse_i_text_error(&text, error ? error : &bare);
    rouse_i_text_char(&text, '\n');
    rouse_host_log(text.start, text.length);
}

int rouse_i_main(struct rouse_future *root)
{
    rouse_status status = rouse_runtime_init(&program, NULL);
    if (status < 0) {
        print_failure(status);
        return EXIT_FAILURE;
    }
    rouse_host_on_interrupt(&program);
    status = rouse_block_on(&program, root);
    int code = status < 0 ? EXIT_FAILURE : root->exit_code ? *root->exit_code : EXIT_SUCCESS;
    if (status == ROUSE_ERR_CANCELLED)
        code = EXIT_INTERRUPTED;
    if (status < 0 && status != ROUSE_ERR_DEADLOCK)
        print_failure(status);
    rouse_runtime_drop(&program);
    return code;
}
