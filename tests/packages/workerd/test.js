// Five requests at a time, and five more.
export default {
  async test(_, { main }) {
    const ask = async (name) => (await main.fetch(`http://main/${name}`)).text();
    for (const names of ['ABCDE', 'FGHIJ']) console.log((await Promise.all([...names].map(ask))).join());
  },
};
