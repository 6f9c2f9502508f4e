// Reads calendars from standard input and answers the moments of each one's event, as ical.js expands them.
import ICAL from "ical.js";

let text = "";
for await (const piece of process.stdin) text += piece;

const moments = JSON.parse(text).map((source) => {
  const calendar = new ICAL.Component(ICAL.parse(source));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue("tzid"));
  }
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const found = [];
  const dates = event.iterator();
  for (let date = dates.next(); date && found.length < 400; date = dates.next()) found.push(date.toUnixTime());
  ICAL.TimezoneService.reset();
  return found;
});
process.stdout.write(JSON.stringify(moments));
