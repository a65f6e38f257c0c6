"""Industries by NAICS code (North American Industry Classification System), as the wire knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TITLES: Final = """
111998 Other crop farming
112120 Dairy farming
113310 Logging
115114 Crop handling after harvest
541211 Accountants
541810 Advertising agencies
541430 Graphic design
541715 Research in physical, engineering and life sciences
541930 Translation and interpretation
561422 Call centres and telemarketing
561311 Employment placement
561612 Guards and patrols
561740 Carpet and upholstery cleaning
561730 Landscaping
236115 Building of single-family homes
236220 Building of commercial property
237310 Road and bridge building
238210 Electrical installation
811111 Car repair
812111 Barber shops
812112 Beauty salons
532111 Car rental
624410 Child care
541922 Commercial photography
811210 Repair of electronic and precision equipment
812199 Other personal care
611110 Schools
611310 Colleges and universities
611410 Business and secretarial schools
611710 Support of education
211120 Crude oil extraction
212114 Surface coal mining
221310 Water supply and irrigation
562111 Waste collection
562920 Recovery of recyclable materials
213112 Support of oil and gas operations
522110 Commercial banks
522210 Credit card issuers
522320 Payment processing and clearing
523150 Investment banking and securities dealing
523940 Portfolio management and investment advice
523999 Other financial investment activities
524113 Life insurance
813110 Religious organisations
813211 Grant-making foundations
813219 Other grant-making and giving
551112 Holding companies
721110 Hotels and motels
722511 Full-service restaurants
722513 Limited-service restaurants
561510 Travel agencies
713110 Amusement and theme parks
713210 Casinos
712110 Museums
711110 Theatre companies
711211 Sports teams and clubs
621111 Physicians
621210 Dentists
622110 General hospitals
623110 Nursing homes
621511 Medical laboratories
623220 Residential mental health and addiction care
541940 Veterinarians
621399 Other health practitioners
621910 Ambulances
541110 Law firms
311421 Fruit and vegetable canning
337121 Upholstered furniture
322220 Paper bags and coated paper
339920 Sporting goods
334210 Telephone equipment
339930 Toys and games
312130 Wineries
334111 Computers
334118 Computer terminals and peripherals
325412 Medicines
339112 Surgical and medical instruments
336110 Cars and light trucks
336390 Other vehicle parts
315990 Clothing accessories
313110 Yarn and thread
339910 Jewellery and silverware
516120 Television broadcasting
513130 Book publishing
512250 Record production and distribution
519130 Internet publishing and search
711410 Agents of artists and athletes
711510 Independent artists and writers
531110 Letting of homes
531120 Letting of commercial property
531130 Storage units
531190 Letting of other property
531210 Estate agents
531311 Management of homes for others
531312 Management of commercial property for others
531320 Property appraisers
531390 Other real estate activities
454110 Online shopping and mail order
445110 Supermarkets
455110 Department stores
457110 Petrol stations with shops
449210 Electronics and appliance shops
444110 Home improvement shops
459210 Book shops
459120 Hobby, toy and game shops
445320 Beer, wine and liquor shops
458110 Clothing shops
458210 Shoe shops
458310 Jewellery shops
455219 Other general shops
424210 Wholesale of medicines
456110 Pharmacies
446120 Cosmetics and perfume shops
541511 Custom programming
541512 Computer systems design
541519 Other computer services
518210 Hosting and data processing
511210 Software publishing
517111 Wired telecommunications
517112 Wireless telecommunications
517410 Satellite telecommunications
481111 Scheduled passenger flights
483111 Deep sea freight
485210 Coaches between towns
488510 Freight forwarding
484121 Long-distance trucking
493110 Warehousing
423430 Wholesale of computers and software
423690 Wholesale of electronic parts
423110 Wholesale of vehicles
423830 Wholesale of industrial machinery
423840 Wholesale of industrial supplies
423510 Wholesale of metals
424690 Wholesale of chemicals
424990 Wholesale of other goods
424410 Wholesale of groceries
424480 Wholesale of fresh fruit and vegetables
423940 Wholesale of jewellery and precious metals
541611 Management consulting
541618 Other management consulting
541330 Engineering
541990 Other professional services
541214 Payroll services
561499 Other business support
"""
INDUSTRIES: Final[Mapping[str, str]] = {
    code: title for code, _, title in (line.partition(" ") for line in _TITLES.split("\n") if line)
}
