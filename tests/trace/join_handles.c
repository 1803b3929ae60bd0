/* A task that is joined, one that fails, one that is aborted, one that nobody waits for. */
#include <rouse/rouse.h>

struct worker {
    struct rouse_future future;
    uint64_t ns;
    rouse_status result;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(worker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ns));
    if (self->result < 0)
        ROUSE_FAIL(self->result);
    ROUSE_END;
}
ROUSE_LAZY static struct worker worker(uint64_t ns, rouse_status result)
{
    return ROUSE_FUTURE(worker, .ns = ns, .result = result);
}

struct join_handles {
    struct rouse_future future;
    struct rouse_task *good, *bad, *slow;
    struct rouse_task_join join;
    rouse_status status;
};
ROUSE_ASYNC(join_handles)
{
    ROUSE_BEGIN;
    self->good = ROUSE_SPAWN(worker(ROUSE_MS, ROUSE_OK));
    self->bad = ROUSE_SPAWN(worker(ROUSE_MS, ROUSE_ERR_CLOSED));
    self->slow = ROUSE_SPAWN(worker(ROUSE_S, ROUSE_OK));
    rouse_task_detach(ROUSE_SPAWN(worker(ROUSE_S, ROUSE_OK)));
    ROUSE_AWAIT(self->join, rouse_task_join(self->good));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->bad));
    rouse_task_abort(self->slow);
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->slow));
    ROUSE_FINALLY;
    rouse_task_detach(self->good);
    rouse_task_detach(self->bad);
    rouse_task_detach(self->slow);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(join_handles))
