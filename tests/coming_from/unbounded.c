/* What grows. */
// needs: malloc
#include "row.h"

ROW(a_channel_that_grows, struct rouse_channel ch; int n; struct rouse_recv recv;)
{
    ROUSE_BEGIN;
    // Tokio: let (tx, mut rx) = mpsc::unbounded_channel();
    // futures-rs: let (tx, mut rx) = mpsc::unbounded();
    // smol: let (tx, rx) = channel::unbounded();
    // Rust std: let (tx, rx) = mpsc::channel();
    // Node: const queue = []
    rouse_channel_init_unbounded(&self->ch, cx->runtime, sizeof(int));

    for (int i = 0; i < 1000; i++)
        EXPECT_EQ(rouse_try_send(&self->ch, &i), ROUSE_OK);
    ROUSE_AWAIT(self->recv, rouse_recv(&self->ch, &self->n));
    EXPECT_EQ(rouse_channel_len(&self->ch), 999);
    ROUSE_FINALLY;
    rouse_channel_drop(&self->ch);
    ROUSE_END;
}
