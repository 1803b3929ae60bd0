// trap: rouse: bug: unlocked a rwlock that no writer holds
// trap: at tests/traps/rwlock_unlock_write_of_reader.c:10
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_rwlock lock;
    rouse_rwlock_init(&lock);
    (void)rouse_rwlock_try_read(&lock);
    rouse_rwlock_unlock_write(&lock);
}
