// A child is spawned into a scope that was never begun.
// trap: rouse: bug: a scope is used before rouse_scope_init
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_scope scope = {0};
    rouse_scope_spawn(&scope, rouse_pending());
    return 0;
}
