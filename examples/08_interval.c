/* Intervals: a stream of ticks, read with ROUSE_EACH. Ticks keep to the schedule of the first one,
   so they do not drift. When the loop is late, ROUSE_SKIP leaves out the ticks that it missed
   (ROUSE_BURST catches up, ROUSE_DELAY restarts the schedule). Tokio: MissedTickBehavior::Skip.
   JS: setInterval, or `for await` over a timer. Go: time.Ticker, which also drops missed ticks. */
#include <rouse/rouse.h>
#include <stdio.h>

enum { PERIOD_MS = 100 };

struct ticker {
    struct rouse_future future;
    uint64_t first;              /* when the first tick was due */
    unsigned number;             /* of the latest tick, by the schedule */
    struct rouse_interval ticks; /* a stream: many items, one future */
    struct rouse_sleep nap;
};

ROUSE_ASYNC(ticker)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->ticks, rouse_interval(PERIOD_MS * ROUSE_MS, ROUSE_SKIP)) {
        if (self->first == 0)
            self->first = self->ticks.out;
        self->number = 1 + (unsigned)((self->ticks.out - self->first) / (PERIOD_MS * ROUSE_MS));
        printf("tick %u\n", self->number);
        if (self->number == 2) {
            printf("  busy for two and a half periods\n");
            ROUSE_AWAIT(self->nap, rouse_sleep(250 * ROUSE_MS));
            printf("  tick 3 is waiting, tick 4 is lost\n");
        }
        if (self->number >= 6)
            break;
    }
    printf("enough\n");
    ROUSE_FINALLY;
    rouse_drop(&self->ticks.future); /* after a break the stream is still live */
    ROUSE_END;
}

ROUSE_LAZY static struct ticker ticker(void)
{
    return ROUSE_FUTURE(ticker);
}

ROUSE_MAIN(ticker())

// expect: tick 1
// expect: tick 2
// expect:   busy for two and a half periods
// expect:   tick 3 is waiting, tick 4 is lost
// expect: tick 3
// expect: tick 5
// expect: tick 6
// expect: enough
// always: tick 1
// always: enough
