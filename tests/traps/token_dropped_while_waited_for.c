// A token goes away while somebody waits for it.
// trap: rouse: bug: rouse_token_drop while a future waits for the token
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_token_wait wait = rouse_token_wait(&token);
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    (void)rouse_poll(&wait.future, &cx);
    rouse_token_drop(&token);
    return 0;
}
