/* virtual_main.c: a ROUSE_MAIN on the virtual clock. It is linked before the library's. */
#include "virtual.h"

void rouse_i_main_begin(void)
{
}

int rouse_i_main(struct rouse_future *root)
{
    return run_virtually(root);
}
