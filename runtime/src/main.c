/* main.c: ROUSE_MAIN on hosts that we call. Apart from program.c, so that a test can bring its own.
 */
#include <rouse/task.h>

int rouse_i_main(struct rouse_future *root)
{
    static struct rouse_runtime program; /* a signal handler can reach nothing but a global */
    rouse_status status = rouse_runtime_init(&program, NULL);
    if (status < 0)
        return rouse_i_program_end(root, status, NULL);
    rouse_host_on_interrupt(&program);
    status = rouse_block_on(&program, root);
    int code = rouse_i_program_end(root, status, rouse_last_error(&program));
    rouse_runtime_drop(&program);
    return code;
}
