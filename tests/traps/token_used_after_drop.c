// A token that was dropped is cancelled.
// trap: rouse: bug: a token is used before rouse_token_init or after rouse_token_drop
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    rouse_token_drop(&token);
    rouse_token_cancel(&token, ROUSE_ERR_CANCELLED);
    return 0;
}
